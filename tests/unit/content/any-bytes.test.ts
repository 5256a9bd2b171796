import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import { readTranslation } from '../../../src/content/translation-file.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { isEnded } from '../../../src/domain/words.ts';
import { BODY, context, file, incidentOf, mended, NOW, read, site } from './sample.ts';
import { PIECES, slip, slipped } from './slips.ts';

const soup = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { maxLength: 60 })
  .map((parts) => parts.join(''));
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  soup.map((text) => new TextEncoder().encode(text)),
  fc.tuple(soup, soup).map(([yaml, body]) => new TextEncoder().encode(`---\n${yaml}\n---\n${body}`)),
);

test('whatever the bytes of an incident file are, something is published and every fault has a place in the file', () => {
  fc.assert(
    fc.property(bytes, (content) => {
      const { incident, faults } = read(content);
      for (const fault of faults) {
        expect(fault.line).toBeGreaterThan(0);
        expect(fault.column).toBeGreaterThan(0);
        expect(fault.length).toBeGreaterThan(0);
        expect(fault.source.length + 1).toBeGreaterThanOrEqual(fault.column);
        expect(fault.message).toMatch(/\S/);
        for (const edit of fault.fix ?? []) expect(edit.end).toBeGreaterThanOrEqual(edit.start);
      }
      if (incident === null) return;
      expect(incident.title.trim()).not.toBe('');
      expect(incident.updates.length).toBeGreaterThan(0);
      expect(new Set(incident.updates.map(({ id }) => id.toLowerCase())).size).toBe(incident.updates.length);
      expect(JSON.parse(JSON.stringify(incident))).toEqual(incident);
      deriveStatus(site, [incident], NOW);
    }),
    { numRuns: 400 },
  );
});

test('whatever the bytes of a config are, a site comes out', () => {
  fc.assert(
    fc.property(bytes, (content) => {
      const { site: any } = readSiteConfig(content, 'folder');
      expect(any.name).not.toBe('');
      expect(URL.canParse(any.url)).toBe(true);
      expect(any.languages[0]).toBe(any.language);
    }),
    { numRuns: 300 },
  );
});

test('whatever the bytes of a translation are, the original stays as it is', () => {
  const original = incidentOf(file());
  const before = JSON.stringify(original);
  fc.assert(
    fc.property(bytes, (content) => {
      readTranslation('2027-05-10-strom.en.md', content, original, false, context);
      expect(JSON.stringify(original)).toBe(before);
    }),
    { numRuns: 200 },
  );
});

const samples = [
  file(),
  file({ components: 'components: { web: major outage, mail: degraded performance }', impact: null }),
  file(
    { status: 'status: investigating', 'next-update': 'next-update: 30m', hosts: 'hosts: ["web-*"]' },
    'Ohne Überschrift.\n',
  ),
  file({ title: 'title: "Halle: Strom"', started: 'started: 2027-05-10 20:50' }, `Worum es geht.\n\n${BODY}`),
].flatMap((text) => [text, text.replaceAll('\n', '\r\n')]);

test('one to three slips in the file of an open incident never make the page green', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(slip, { minLength: 1, maxLength: 3 }),
      (text, slips) => {
        const changed = slips.reduce((before, one) => slipped(before, one), text);
        const { incident } = read(changed);
        expect(incident, changed).not.toBeNull();
        const status = deriveStatus(site, [incident!], NOW);
        // "none" as the impact and words such as "resolved" are what the file then says.
        if (/none|resolved|postmortem|completed|cancelled|notice|draft|scheduled|operational/i.test(changed))
          return;
        expect(status.indicator, changed).not.toBe('none');
        expect(isEnded(incident!.status), changed).toBe(false);
        expect(incident!.title, changed).not.toBe('');
      },
    ),
    { numRuns: 500 },
  );
});

test('plain readings that are written back are read without them, and as the same incident', () => {
  fc.assert(
    fc.property(fc.constantFrom(...samples), slip, (text, one) => {
      const changed = slipped(text, one);
      const before = read(changed);
      const after = read(mended(changed));
      expect(after.faults.filter(({ fix }) => fix !== null && fix.length > 0)).toEqual([]);
      expect(after.incident?.status).toBe(before.incident?.status);
      expect(after.incident?.components).toEqual(before.incident?.components);
      if (before.incident?.readable) expect(after.incident?.title).toBe(before.incident?.title);
    }),
    { numRuns: 500 },
  );
});
