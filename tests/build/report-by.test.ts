import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, runBuild, snapshot, type TestSite } from './harness.ts';

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: de
languages: [de, en]
components: [{ id: mail, name: Mail }]
`;

const OWED = `---
title: Mail steht
status: resolved
impact: major
components: [mail]
started: 2026-11-20 08:30
resolved: 2026-11-20 11:50
report-by: 2026-11-21 20:00
---

## 2026-11-20 12:00 resolved

Es läuft.

## 2026-11-20 10:00 investigating

Wir suchen.
`;

/** Of another month, so that pages of its own show that nothing of them changes. */
const OTHER = OWED.replace(/^(?:started|resolved|report-by):.*\n/gm, '').replaceAll('2026-11', '2026-10');

let site: TestSite;
const words = async (path: string) =>
  (await readFile(join(site.outDir, path), 'utf8'))
    .replace(/<(?:style|head)[^>]*>.*?<\/(?:style|head)>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,])/g, '$1');

beforeAll(async () => {
  const built = await buildSite(
    {
      'status.config.yml': CONFIG,
      'incidents/2026-11-20-mail.md': OWED,
      'incidents/2026-10-20-mail.md': OTHER,
    },
    { env: { STATUS_NOW: '2026-11-21T18:59:59Z' } },
  );
  expect(built).toMatchObject({ code: 0, stderr: '' });
  site = built;
});

const SHOWN_ON = ['incidents/2026-11-20-mail.html', 'history/2026-11.html', 'index.html'];

describe('a report that was promised', () => {
  it('is announced, becomes late by the clock, and changes no other page', async () => {
    for (const path of SHOWN_ON) {
      expect(await words(path), path).toContain('Ein Bericht ist bis 21. Nov. 2026, 20:00 Uhr MEZ zugesagt.');
      expect(await words(`en/${path}`), path).toContain('A report is promised by 21 Nov 2026, 20:00 CET.');
    }
    const before = await snapshot(site.outDir);
    expect(await runBuild(site, { env: { STATUS_NOW: '2026-11-21T19:00:00Z' } })).toMatchObject({ code: 0 });
    for (const path of SHOWN_ON) {
      expect(await words(path), path).toContain(
        'Ein Bericht war bis 21. Nov. 2026, 20:00 Uhr MEZ zugesagt. Hier steht er noch nicht.',
      );
      expect(await words(`en/${path}`), path).toContain(
        'A report was due by 21 Nov 2026, 20:00 CET. It is not here yet.',
      );
    }
    const after = await snapshot(site.outDir);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed.sort()).toEqual(
      [
        'build.json',
        ...[...SHOWN_ON, 'history/index.html', 'components/mail.html'].flatMap((path) => [
          path,
          `en/${path}`,
        ]),
      ].sort(),
    );
  });

  it('is asked for no longer once it is there', async () => {
    const told = OWED.replace('status: resolved', 'status: postmortem').replace(
      '## 2026-11-20 12:00',
      '## 2026-11-21 09:00 postmortem\n\nEs war ein Schalter.\n\n## 2026-11-20 12:00',
    );
    const built = await buildSite({ 'status.config.yml': CONFIG, 'incidents/2026-11-20-mail.md': told });
    const page = await readFile(join(built.outDir, 'incidents/2026-11-20-mail.html'), 'utf8');
    expect(page).toContain('Es war ein Schalter.');
    expect(page).not.toMatch(/zugesagt/);
  });
});

it('the page of an incident tells its beginning, the first report and its end apart', async () => {
  expect(await words('incidents/2026-11-20-mail.html')).toContain(
    'Beginn 20. Nov. 2026, 08:30 Uhr MEZ Zuerst gemeldet 20. Nov. 2026, 10:00 Uhr MEZ Ende 20. Nov. 2026, 11:50 Uhr MEZ Dauer 3 Std. 20 Min.',
  );
  const same = await words('incidents/2026-10-20-mail.html');
  expect(same).toContain('Beginn 20. Okt. 2026, 10:00 Uhr MESZ Ende');
});
