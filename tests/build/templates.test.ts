import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIncidentFile } from '../../src/content/incident-file.ts';
import { ownAddresses } from '../../src/content/leaks-email-addresses.ts';
import { librarySecrets } from '../../src/content/leaks-library.ts';
import { lookThrough } from '../../src/content/leaks-look-through.ts';
import { readContext } from '../../src/content/read-context.ts';
import { siteWithoutConfig } from '../../src/content/site-config.ts';

const FOLDER = resolve(import.meta.dirname, '../../incidents/_templates');
const NOW = Date.parse('2026-11-21T18:40:00Z');
const SITE = {
  ...siteWithoutConfig('Nordhost'),
  timezone: 'Europe/Berlin',
  language: 'de',
  languages: ['de', 'en'],
};
const PLACEHOLDER = /\{\{([^{}]+)\}\}/g;

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const subjects = [...new Set(names.map((name) => name.split('.')[0]!))].sort();

function template(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);
}

function filled(text: string): string {
  const times: Record<string, string> = { from: '2026-11-25 22:00', to: '2026-11-26 04:00' };
  const german: Record<string, string> = { von: times.from!, bis: times.to! };
  return text.replace(PLACEHOLDER, (_, name: string) => times[name] ?? german[name] ?? 'Dresden');
}

/** A template as `npm run new` and the README of the folder put it to use: with a time above its text. */
function report(text: string): string {
  return filled(text).replace(/\n---\n/, '\n---\n\n## 2026-11-21 19:30\n');
}

it('there is one for every kind of bad day, in English and German', () => {
  expect(subjects).toEqual([
    'certificate',
    'database',
    'ddos',
    'false-alarm',
    'final-report',
    'hardware',
    'mail',
    'maintenance',
    'network',
    'power',
    'security',
    'third-party',
  ]);
  expect(names.sort()).toEqual(subjects.flatMap((subject) => [`${subject}.de.md`, `${subject}.en.md`]));
});

describe.each(names)('%s', (name) => {
  const text = template(name);

  it('is an incident without a fault once it is filled in and has a time', () => {
    const path = `2026-11-21-${name.replace('.md', '-x.md')}`;
    const { incident, faults } = readIncidentFile(path, Buffer.from(report(text)), readContext(SITE, NOW));
    expect(faults).toEqual([]);
    expect(incident?.updates).toHaveLength(1);
    expect(incident?.updates[0]?.text.length).toBeGreaterThan(100);
    expect(incident?.kind).toBe(name.startsWith('maintenance') ? 'maintenance' : 'incident');
    expect(incident?.window !== null).toBe(name.startsWith('maintenance'));
  });

  it('has placeholders whose names are plain words and that a check finds where they are left in', () => {
    const { faults } = readIncidentFile('2026-11-21-x.md', Buffer.from(text), readContext(SITE, NOW));
    expect(faults.map(({ code }) => code)).toContain('placeholder');
    for (const word of placeholders(text)) expect(word).toMatch(/^\p{Ll}+(?: \p{L}+)?$/u);
    expect(text.replace(PLACEHOLDER, '')).not.toMatch(/[{}]{2}/);
  });

  it('asks for nothing in what is only for whoever writes', () => {
    for (const [comment] of text.matchAll(/<!--[\s\S]*?-->/g)) expect(placeholders(comment)).toEqual([]);
  });

  it('speaks plainly, blames nobody who reads and is sorry once', () => {
    const body = text.replace(/^---[\s\S]*?\n---\n/, '').replace(/<!--[\s\S]*?-->/g, '');
    expect(body).not.toMatch(
      /inconvenience|unannehmlichkeit|some (?:users|customers)|einige (?:kunden|nutzer)|seriously|sehr ernst|!|incident|\bdu\b|\bdein|apologi|entschuldig|bedauern|we are aware/i,
    );
    expect(body.match(/\bsorry\b|leid\b/gi)).toHaveLength(1);
    if (!/^(?:maintenance|false-alarm|final-report)/.test(name))
      expect(body).toMatch(/next time\}\}|nächste Meldung\}\}/);
  });

  it('gives nothing away', async () => {
    expect(await lookThrough([filled(text)], ownAddresses(SITE), librarySecrets)).toEqual([[]]);
  });
});

it.each(subjects)(
  '%s says the same in both languages, with the same placeholders in the same places',
  (subject) => {
    const [german, english] = [template(`${subject}.de.md`), template(`${subject}.en.md`)];
    const frontmatter = (text: string) => text.match(/^(?:status|impact|components):.*$/gm);
    expect(frontmatter(german)).toEqual(frontmatter(english));
    const order = (words: string[]) => words.map((word) => words.indexOf(word));
    expect(order(placeholders(german))).toEqual(order(placeholders(english)));
    const shape = (text: string) =>
      text.split('\n').map((line) => /^(?:#+|[a-z ]+:|-+|<!--|$)/.exec(line)?.[0] ?? 'text');
    expect(shape(german)).toEqual(shape(english));
  },
);

it('an English placeholder has one German name, whichever template it stands in', () => {
  const pairs = subjects.flatMap((subject) => {
    const german = placeholders(template(`${subject}.de.md`));
    return placeholders(template(`${subject}.en.md`)).map((word, place) => `${word} = ${german[place]}`);
  });
  const words = [...new Set(pairs)].map((pair) => pair.split(' = ')[0]);
  expect(words).toEqual([...new Set(words)]);
});
