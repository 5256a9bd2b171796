/** A made-up history of realistic size: the same bytes for the same number of incidents. */
export interface History {
  /** Text by path below the site's folder. */
  files: Record<string, string>;
  /** Path of the one open incident, the newest. */
  open: string;
  /** The instant that the history ends at, for `STATUS_NOW`. */
  now: string;
}

const END = Date.parse('2026-11-21T17:42:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * One incident a day up to the end, the newest one open. Lengths follow what large services publish: mostly three to
 * six updates of one to three sentences, a few of 65 updates or 4,000 characters, titles of 20 to 174 characters.
 */
export function history(count: number): History {
  const random = randomFrom(count);
  const files: Record<string, string> = { 'status.config.yml': config() };
  let open = '';
  for (let index = 0; index < count; index++) {
    const day = END - (count - 1 - index) * DAY;
    const last = index === count - 1;
    const path = `incidents/${isoDay(day)}-incident-${index}.md`;
    files[path] = index % 20 === 7 ? maintenance(day, random) : incident(day, last, random);
    if (last) open = path;
  }
  return { files, open, now: new Date(END).toISOString() };
}

/** The open incident of a history with one more update on top. */
export function withOneMoreUpdate(text: string, minute: number): string {
  const heading = `## 2026-11-21 17:${String(minute).padStart(2, '0')}Z identified ^tb\n\nStep ${minute} of the repair is done.\n\n`;
  const at = text.indexOf('## ');
  return text.slice(0, at) + heading + text.slice(at);
}

function config(): string {
  const groups = ['Dresden', 'Leipzig', 'Hamburg', 'Frankfurt'].map((place, group) => {
    const components = ['Web hosting', 'Mail', 'Databases', 'Storage', 'Network'].map(
      (name, index) => `      - { id: c${group * 5 + index}, name: ${name} in ${place} }`,
    );
    return `  - name: ${place}\n    components:\n${components.join('\n')}`;
  });
  return `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: en
components:
${groups.join('\n')}
authors: { tb: Tanja B., mk: Marko K. }
contacts:
  - { label: Hotline, url: "tel:+49351100000" }
`;
}

function incident(day: number, open: boolean, random: Random): string {
  const count = Math.min(65, 2 + Math.floor(-Math.log(1 - random()) * 3));
  const start = day - (open ? 2 : 12) * HOUR;
  const statuses = ['investigating', 'identified', 'monitoring'];
  const updates = Array.from({ length: count }, (_, index) => {
    const at = start + Math.floor((index * 1.9 * HOUR) / count / 60_000) * 60_000;
    const closing = index === count - 1 && !open;
    const status = closing ? 'resolved' : statuses[Math.min(2, Math.floor((index * 3) / count))];
    return `## ${isoMinute(at)} ${status} ^${random() < 0.5 ? 'tb' : 'mk'}\n\n${text(random)}\n`;
  });
  const impact = ['minor', 'minor', 'major', 'critical'][Math.floor(random() * 4)];
  const components = [1, 2, 3]
    .slice(0, 1 + Math.floor(random() * 3))
    .map(() => `c${Math.floor(random() * 20)}`);
  return `---
title: ${JSON.stringify(title(random))}
status: ${open ? 'identified' : 'resolved'}
impact: ${impact}
components: [${[...new Set(components)].join(', ')}]
${open ? 'next-update: 30m\n' : ''}---

${updates.reverse().join('\n')}`;
}

function maintenance(day: number, random: Random): string {
  const from = isoMinute(day - 16 * HOUR);
  const to = isoMinute(day - 13 * HOUR);
  return `---
title: ${JSON.stringify(title(random))}
status: scheduled
components: [c${Math.floor(random() * 20)}]
scheduled: { from: ${from}, to: ${to} }
---

## ${isoMinute(day - 5 * DAY)} scheduled ^tb

${text(random)}
`;
}

const SENTENCES = [
  'Web sites in the first hall answer slowly or not at all.',
  'Your own server is not at fault, and you need not do anything.',
  'A storage node has lost its connection to the others; we are moving its share to a spare one.',
  'We see **fewer errors** since the last change and go on watching.',
  'Mail arrives late, but none is lost. The queue holds 12,400 messages and shrinks by 300 a minute.',
  'An electrician is on site; we expect the first racks back within the hour.',
  'The cause is a configuration of the load balancer that was rolled out this morning. It has been rolled back.',
  'Details of the change are in the [changelog](https://www.nordhost.example/changes).',
  'We say more as soon as the technicians have looked at the second line, either way.',
  'Error rates are back to normal for all customers.',
];

function text(random: Random): string {
  const long = random() < 0.03;
  const count = long ? 30 + Math.floor(random() * 30) : 1 + Math.floor(random() * 4);
  const sentences = Array.from({ length: count }, () => SENTENCES[Math.floor(random() * SENTENCES.length)]);
  const paragraphs: string[] = [];
  for (let index = 0; index < sentences.length; index += 3)
    paragraphs.push(sentences.slice(index, index + 3).join(' '));
  return paragraphs.join('\n\n').slice(0, 4000);
}

const SUBJECTS = [
  'Web hosting',
  'Mail delivery',
  'The customer portal',
  'Databases',
  'The object storage',
  'DNS',
];
const TROUBLES = [
  'answers slowly',
  'cannot be reached',
  'loses packets',
  'shows errors for some requests',
  'is read-only',
];
const PLACES = [
  'in Dresden',
  'in Leipzig',
  'for customers of two carriers',
  'in the second hall',
  'after the update',
];

function title(random: Random): string {
  const pick = (from: string[]) => from[Math.floor(random() * from.length)]!;
  const base = `${pick(SUBJECTS)} ${pick(TROUBLES)} ${pick(PLACES)}`;
  if (random() > 0.05) return base;
  return `${base}, and ${pick(SUBJECTS).toLowerCase()} ${pick(TROUBLES)} ${pick(PLACES)} while we repair it: what we know so far`.slice(
    0,
    174,
  );
}

type Random = () => number;

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function isoMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
