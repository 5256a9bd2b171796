import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readIncidentFile } from '../../../src/content/incident-file.ts';
import { readContext } from '../../../src/content/read-context.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import { isEnded } from '../../../src/domain/words.ts';
import { importCstate } from '../../../src/import/cstate.ts';

const CONFIG = {
  path: 'config.yml',
  text: 'title: Nordhost\nbaseURL: https://status.nordhost.example\nparams: { systems: [{ name: Mail }, { name: "Web: shop" }] }',
};
const NOW = Date.UTC(2026, 10, 21);

/** What the reader makes of the file that an issue becomes. */
function readBack(yaml: string, body: string, zone = 'UTC') {
  const { files, counts } = importCstate(
    [CONFIG, { path: 'content/issues/2024-06-07-mail.md', text: `---\nsection: issue\n${yaml}---\n${body}` }],
    zone,
  );
  const text = (path: string) => files.find((file) => file.path.endsWith(path))!.text;
  const { site, faults } = readSiteConfig(Buffer.from(text('status.config.yml')));
  const file = files.find((candidate) => candidate.path.startsWith('incidents/'))!;
  const reading = readIncidentFile(
    file.path.replace('incidents/', ''),
    Buffer.from(file.text),
    readContext(site, NOW),
  );
  return { ...reading, faults: [...faults, ...reading.faults], written: file.text, updates: counts.updates };
}

const SCRAP = fc.oneof(
  fc.constantFrom(
    'one',
    'two',
    '\n',
    '\n\n',
    '\n\n---\n\n',
    '\n\n## 2024-06-07 08:30\n\n',
    '\n# 2024-06-07\n',
  ),
  fc.constantFrom(
    '\n\n*Update* - ',
    '\n\n*Resolved* - ',
    '\n\n[Initial message]\n',
    '\n\n**2024-06-07 08:15** ',
  ),
  fc.constantFrom(
    '\n```\n',
    '\n~~~',
    '<!--',
    '-->',
    '<pre>',
    '- ',
    '> ',
    '{{< track "2024-06-07 08:20" >}}',
    '    ',
  ),
  fc.constantFrom(
    '=======\n',

    '---\n',
    '2024-06-07 08:00\n---\n',
    '[a]: <',
    '| a |\n|---|\n',
  ),
);
const BODY = fc.array(SCRAP, { maxLength: 14 }).map((scraps) => scraps.join(''));
const TITLE = fc.oneof(
  fc.constantFrom(
    '"Mail: slow"',
    "'It''s \"slow\"'",
    '2024-06-07',
    'yes',
    '"- a"',
    '"{b}"',
    '"#1"',
    '"***"',
    '"a\\nb"',
  ),
  fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,20}[a-z]$/),
);

it('every issue that has a title and a date is read without a fault worse than a doubt', () => {
  fc.assert(
    fc.property(
      TITLE,
      BODY,
      fc.boolean(),
      fc.constantFrom('UTC', 'America/St_Johns'),
      (title, body, over, zone) => {
        const end = over ? 'resolved: true\nresolvedWhen: 2024-06-07 09:30\n' : 'resolved: false\n';
        const { incident, faults, written, updates } = readBack(
          `title: ${title}\ndate: 2024-06-07 08:00:30\n${end}severity: down\naffected: [Mail, "Web: shop"]\n`,
          body,
          zone,
        );
        const errors = faults.filter(({ level }) => level === 'error');
        expect(
          errors.map(({ message }) => message),
          written,
        ).toEqual([]);
        expect(incident, written).toMatchObject({
          title: expect.any(String),
          impact: 'critical',
          components: [{ id: 'mail' }, { id: 'web-shop' }],
          unknownComponents: [],
          kind: 'incident',
        });
        expect(isEnded(incident!.status), written).toBe(over);
        expect(incident!.updates, written).toHaveLength(updates);
      },
    ),
    { numRuns: 100 },
  );
});

it('an incident is over only where the old site said so', () => {
  const values = fc.constantFrom(
    'resolved: true\n',
    'resolved: no\n',
    'resolved: maybe\n',
    'resolved: [true]\n',
    'resolved:\n',
    '',
  );
  fc.assert(
    fc.property(fc.array(values, { maxLength: 2 }), BODY, (lines, body) => {
      const { incident, written } = readBack(`title: A\ndate: 2024-06-07 08:00\n${lines.join('')}`, body);
      const said = lines.filter((line) => line !== '');
      const saidSo = said.length > 0 && said.every((line) => line === 'resolved: true\n');
      if (!saidSo) expect(isEnded(incident!.status), written).toBe(false);
    }),
  );
});
