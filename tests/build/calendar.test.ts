import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, filesBelow } from './harness.ts';

const CONFIG = `name: Nordhost, Dresden
url: https://status.nordhost.example/
timezone: Europe/Berlin
language: de
languages: [de, en]
components:
  - { id: api, name: { de: Schnittstelle, en: API } }
`;

const work = (title: string, rest: string) => `---
title: "${title}"
components: [api]
${rest}`;

const SITE = {
  'status.config.yml': CONFIG,
  'incidents/2026-11-18-router.md': work(
    'Tausch des Kern-Routers',
    `status: scheduled
aliases: [2026-11-10-router]
scheduled: { from: 2026-11-25 22:00, to: 2026-11-26 04:00 }
---

## 2026-11-18 10:00

Kurze Unterbrechungen; **kein** Ausfall.
`,
  ),
  'incidents/2026-11-18-router.en.md': `---
title: Core router swap
---

## 2026-11-18 10:00

Short interruptions, **no** outage.
`,
  'incidents/2026-11-20-umzug.md': work(
    'Umzug',
    `status: scheduled
scheduled: { from: 2027-03-28, to: 2027-03-29 }
---

## 2026-11-20 10:00

Ein ganzer Tag.
`,
  ),
  'incidents/2026-11-19-irgendwann.md': work(
    'Neue Klimaanlage',
    `status: scheduled
---

## 2026-11-19 10:00

Der Termin steht noch nicht fest.
`,
  ),
  'incidents/2026-11-21-speicher.md': work(
    'Speicher',
    `status: in progress
scheduled: { from: 2026-11-21 12:00, to: 2026-11-21 14:00 }
---

## 2026-11-21 12:05 in progress

Wir haben begonnen.

## 2026-11-15 10:00 scheduled
`,
  ),
};

let outDir: string;
let files: string[];

beforeAll(async () => {
  const built = await buildSite(SITE);
  expect(built.code, built.stderr).toBe(0);
  outDir = built.outDir;
  files = (await filesBelow(outDir)).filter((path) => path.endsWith('.ics'));
});

const eventsOf = async (path: string) => {
  const text = await readFile(join(outDir, path), 'utf8');
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
};

describe('a built site has a calendar', () => {
  it('for itself and for each work with a window, in each language', () => {
    expect(files).toEqual([
      'calendar.ics',
      'en/calendar.ics',
      'en/incidents/2026-11-18-router.ics',
      'en/incidents/2026-11-20-umzug.ics',
      'en/incidents/2026-11-21-speicher.ics',
      'incidents/2026-11-18-router.ics',
      'incidents/2026-11-20-umzug.ics',
      'incidents/2026-11-21-speicher.ics',
    ]);
  });

  it('with the same events under the same ids in each language, and the words of that language', async () => {
    const [german, english] = [await eventsOf('calendar.ics'), await eventsOf('en/calendar.ics')];
    const times = (events: ICAL.Event[]) =>
      events.map(({ uid, startDate, endDate }) => [uid, String(startDate), String(endDate)]);
    expect(times(english)).toEqual(times(german));
    const router = (events: ICAL.Event[]) => events.find(({ uid }) => uid.includes('router'))!;
    expect(router(german).uid).toBe('2026-11-10-router@status.nordhost.example');
    expect(router(german).summary).toBe('Nordhost, Dresden: Tausch des Kern-Routers');
    expect(router(german).description).toContain('Kurze Unterbrechungen; kein Ausfall.');
    expect(router(english).summary).toBe('Nordhost, Dresden: Core router swap');
    expect(router(english).description).toContain('Short interruptions, no outage.');
  });

  it('in which a day without times is that day in the zone of the site, 23 hours where clocks change', async () => {
    const [move] = await eventsOf('incidents/2026-11-20-umzug.ics');
    expect([String(move!.startDate), String(move!.endDate)]).toEqual([
      '2027-03-27T23:00:00Z',
      '2027-03-28T22:00:00Z',
    ]);
  });

  it('in which work that overruns is said to be so', async () => {
    const [late] = await eventsOf('en/incidents/2026-11-21-speicher.ics');
    expect(late!.description).toContain('planned until 21 Nov 2026, 14:00 CET, not yet reported finished');
    expect(String(late!.endDate)).toBe('2026-11-21T13:00:00Z');
  });
});
