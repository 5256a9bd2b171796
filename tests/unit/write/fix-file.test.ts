import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/content/fault.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { type FileReading, fixFile } from '../../../src/write/fix-file.ts';
import { splice } from '../../../src/write/splice.ts';
import { BODY, file, read } from '../content/sample.ts';
import { slip, slipped } from '../content/slips.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function readIncident(bytes: Uint8Array): FileReading & { published: Incident | null } {
  const { incident, faults } = read(bytes);
  return { published: incident, faults };
}

const fixed = (content: string | Uint8Array) =>
  fixFile(typeof content === 'string' ? utf8(content) : content, readIncident);

describe('writing plain readings back', () => {
  test('gives a good file back as it is', () => {
    const bytes = utf8(file());
    expect(fixed(bytes)).toEqual({ bytes, mended: 0, gone: [] });
    expect(fixed(bytes).bytes).toBe(bytes);
  });

  test('changes the slips and nothing else', () => {
    const slips = file(
      { title: 'title:Halle: Strom weg', status: ' status: identified', components: 'components: web, mail' },
      BODY.replace('21:40', '21.40 Uhr').replace('## 2027-05-10 21:05', '##2027-05-10 21:05'),
    );
    expect(text(fixed(slips).bytes)).toBe(
      file(
        { title: 'title: "Halle: Strom weg"', components: 'components: [web, mail]' },
        BODY.replace('21:40', '21.40 Uhr'),
      ),
    );
  });

  test.each([
    ['a misspelt status', { status: 'status: identifyed' }],
    ['a misspelt component', { components: 'components: [web, mial]' }],
    ['a key twice', { impact: 'impact: major\nimpact: minor' }],
    ['a time that is none', { started: 'started: 2027-02-30' }],
    ['a key that nobody knows', { started: 'colour: red' }],
  ])('leaves alone what is doubtful: %s', (_, change) => {
    const bytes = utf8(file(change));
    expect(readIncident(bytes).faults).not.toEqual([]);
    expect(fixed(bytes).bytes).toBe(bytes);
  });

  test('keeps line ends as they are', () => {
    const windows = file({ title: 'title:Halle ohne Strom' }).replaceAll('\n', '\r\n');
    expect(text(fixed(windows).bytes)).toBe(windows.replace('title:Halle', 'title: Halle'));
    const open = `title: Halle\r\nstatus: identified\r\n---\r\n\r\n${BODY.replaceAll('\n', '\r\n')}`;
    expect(text(fixed(open).bytes)).toBe(`---\r\n${open}`);
  });

  test('keeps a byte order mark', () => {
    const marked = `\ufeff${file({ title: 'title:Halle' })}`;
    expect(text(fixed(marked).bytes)).toBe(marked.replace('title:Halle', 'title: Halle'));
  });

  test('writes UTF-16 and Windows-1252 as UTF-8, with every other slip', () => {
    const wanted = file({ title: 'title: Kühlung fällt aus' });
    expect(text(fixed(utf16(wanted)).bytes)).toBe(wanted);
    const slips = wanted.replace('title: ', 'title:');
    expect(text(fixed(utf16(slips)).bytes)).toBe(wanted);
    expect(text(fixed(Buffer.from(slips, 'latin1')).bytes)).toBe(wanted);
  });

  test('closes the fence of a frontmatter, after which the file can be read', () => {
    const open = file().replace('\n---\n\n', '\n\n');
    expect(readIncident(utf8(open)).published?.readable).toBe(false);
    const { bytes, mended } = fixed(open);
    expect(mended).toBe(1);
    expect(readIncident(bytes)).toMatchObject({ published: { readable: true }, faults: [] });
  });

  test('mends hundreds of slips in a few readings', () => {
    const body = Array.from(
      { length: 300 },
      (_, i) => `##2027-05-${String(1 + (i % 28)).padStart(2, '0')} 08:00\n\nText.\n`,
    );
    let readings = 0;
    const { bytes, mended } = fixFile(utf8(file({}, body.join('\n'))), (content) => {
      readings += 1;
      return readIncident(content);
    });
    expect(mended).toBe(300);
    expect(readIncident(bytes).faults.filter(({ fix }) => fix !== null)).toEqual([]);
    expect(readings).toBeLessThan(10);
  });

  test('mends a config', () => {
    const readConfig = (bytes: Uint8Array) => {
      const { site, faults } = readSiteConfig(bytes, 'moor');
      return { published: site, faults };
    };
    const config = 'name:Moorhost\nurl: https://moor.example\ntimezone: Europe/Berlin\nlanguage: de\n';
    expect(text(fixFile(utf8(config), readConfig).bytes)).toBe(config.replace('name:', 'name: '));
  });
});

/** A reader for which every X is a fault, and what an edit makes of it is up to the test. */
function inventedReader(edit: string, published: (text: string) => string) {
  return (bytes: Uint8Array): FileReading => {
    const content = text(bytes);
    const faults = [...content.matchAll(/X/g)].map(
      ({ index }): Fault => ({
        file: 'a.md',
        line: 1,
        column: index + 1,
        length: 1,
        level: 'warning',
        code: 'x',
        message: 'An X.',
        publishedAs: null,
        source: content,
        transient: false,
        fix: [{ start: index, end: index + 1, text: edit }],
      }),
    );
    return { published: published(content), faults };
  };
}

describe('a reading that is not as plain as its fault says', () => {
  test('is not written if something else would be published', () => {
    const bytes = utf8('aXb');
    expect(
      fixFile(
        bytes,
        inventedReader('', (content) => content),
      ).bytes,
    ).toBe(bytes);
  });

  test('is not written if the fault stays or comes again', () => {
    const bytes = utf8('aXb');
    expect(
      fixFile(
        bytes,
        inventedReader('X', () => ''),
      ).bytes,
    ).toBe(bytes);
    expect(
      fixFile(
        bytes,
        inventedReader('XX', () => ''),
      ).bytes,
    ).toBe(bytes);
  });

  test('keeps none of the others in the file from being written', () => {
    const bytes = utf8('X1\nX2\nX3\nX4\nX5');
    const lines = (content: string) => (content.includes('X3') ? 'all' : 'one is gone');
    expect(text(fixFile(bytes, inventedReader('', lines)).bytes)).toBe('1\n2\nX3\n4\n5');
  });
});

/** Whether a reading has no kind of fault that another lacks. */
function isKnown(reading: FileReading, other: FileReading): boolean {
  return reading.faults.every(({ code }) => other.faults.some((fault) => fault.code === code));
}

const samples = [
  file(),
  file({ components: 'components: { web: major outage, mail: degraded performance }', impact: null }),
  file({ status: 'status: investigating', hosts: 'hosts: ["web-*"]' }, 'Ohne Überschrift.\n'),
  file({ title: 'title: "Halle: Strom"', started: 'started: 2027-05-10 20:50' }, `Worum.\n\n${BODY}`),
  file({}, '## 10.05.2027 9:40 identified ^ab {web:operational}\n\nEs läuft wieder.\n'),
].flatMap((content) => [content, content.replaceAll('\n', '\r\n')]);

test('whatever slips: what can be written is, the same is published under the same ids, and once is enough', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(slip, { minLength: 1, maxLength: 3 }),
      (sample, slips) => {
        const changed = slips.reduce((before, one) => slipped(before, one), sample);
        const bytes = utf8(changed.toWellFormed());
        const before = readIncident(bytes);
        const once = fixed(bytes);
        const after = readIncident(once.bytes);
        for (const { fix } of after.faults) {
          if (fix === null) continue;
          const forced = readIncident(splice(once.bytes, fix));
          const same = JSON.stringify(forced.published) === JSON.stringify(after.published);
          expect(same && forced.faults.length < after.faults.length && isKnown(forced, after)).toBe(false);
        }
        if (before.published?.readable) {
          expect(after.published).toEqual(before.published);
          expect(isKnown(after, before)).toBe(true);
        }
        expect(fixed(once.bytes).bytes).toBe(once.bytes);
      },
    ),
    { numRuns: 400 },
  );
});
