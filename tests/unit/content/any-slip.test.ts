import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headline } from '../../../src/components/headline.ts';
import { readIncidentFile } from '../../../src/content/incident-file.ts';
import { readContext } from '../../../src/content/read-context.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import { translationName } from '../../../src/content/translation-name.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { slip, slipped } from './slips.ts';

const ROOT = join(import.meta.dirname, '../../..');
const { site } = readSiteConfig(readFileSync(join(ROOT, 'status.config.yml')));
const now = site.clock!;
const context = readContext(site, now);
const german = locale(site.language, { timezone: site.timezone, address: site.address });

/** The incidents of the demonstration, which are good files. */
const files = readdirSync(join(ROOT, 'incidents'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.md$/.test(path) && !/(?:^|\/)_/.test(path))
  .filter((path) => translationName(path, site.languages) === null)
  .sort()
  .map((path) => ({ path, text: readFileSync(join(ROOT, 'incidents', path), 'utf8') }));

function look(path: string, text: string) {
  const { incident } = readIncidentFile(path, new TextEncoder().encode(text.toWellFormed()), context);
  const status = deriveStatus(site, incident === null ? [] : [incident], now);
  return { incident, status, said: headline(status, site, site.language, german) };
}

const published = files.filter(({ path, text }) => look(path, text).incident !== null);
const red = published.filter(({ path, text }) => {
  const { status, incident } = look(path, text);
  return status.indicator !== 'none' && incident?.kind === 'incident';
});

const slips = fc.array(slip, { minLength: 1, maxLength: 4 });

test('the demonstration holds incidents that are open, and others', () => {
  expect(red.length).toBeGreaterThan(0);
  expect(files.length).toBeGreaterThan(red.length + 3);
});

test('whatever slips in a file of the demonstration: its title or its name is told', () => {
  fc.assert(
    fc.property(fc.constantFrom(...published), slips, ({ path, text }, made) => {
      const changed = made.reduce(slipped, text);
      const { incident, status } = look(path, changed);
      expect(incident?.title, changed).toMatch(/\S/);
      expect(status.incidents.map((one) => one.incident.title)).toEqual([incident?.title]);
    }),
    { numRuns: 1000 },
  );
});

test('whatever slips in the file of an open incident: the page is not green, and its title is what the page says', () => {
  fc.assert(
    fc.property(fc.constantFrom(...red), slips, ({ path, text }, made) => {
      const changed = made.reduce(slipped, text);
      const { incident, status, said } = look(path, changed);
      expect(status.indicator, changed).not.toBe('none');
      expect(said.state, changed).not.toBe('operational');
      expect(said.text, changed).toContain(incident?.title);
    }),
    { numRuns: 1500 },
  );
});
