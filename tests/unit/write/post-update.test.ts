import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { type Post, type PostResult, postUpdate } from '../../../src/write/post-update.ts';
import { BODY, context, file, NOW, read } from '../content/sample.ts';

const PATH = '2027-05-10-strom.md';
const PLAIN: Post = {
  status: null,
  text: 'Der Strom ist zurück.',
  authors: [],
  states: {},
  next: null,
  at: null,
};
const HALF_AN_HOUR = 30 * 60_000;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function posted(text: string | Uint8Array, post: Partial<Post> = {}): Extract<PostResult, { ok: true }> {
  const result = postUpdate(
    PATH,
    typeof text === 'string' ? bytesOf(text) : text,
    { ...PLAIN, ...post },
    context,
  );
  if (!result.ok) throw new Error(result.message);
  return result;
}

function written(text: string, post: Partial<Post> = {}): string {
  return Buffer.from(posted(text, post).bytes).toString('utf8');
}

function incidentOf(text: string | Uint8Array): Incident {
  const { incident } = read(text, PATH);
  if (incident === null) throw new Error('This is a draft.');
  return incident;
}

describe('an update that is posted', () => {
  it('stands on top, with status and promise in the frontmatter and not another byte changed', () => {
    const before = file({ next: 'next-update: 2027-05-10 22:00' });
    expect(
      written(before, {
        status: 'monitoring',
        authors: ['ab', 'cd'],
        states: { mail: 'operational' },
        next: { span: HALF_AN_HOUR },
      }),
    ).toBe(
      before
        .replace('status: identified', 'status: monitoring')
        .replace('next-update: 2027-05-10 22:00', 'next-update: 2027-05-10 22:30')
        .replace(
          '## 2027',
          '## 2027-05-10 22:00 monitoring ^ab ^cd {mail: operational}\n\nDer Strom ist zurück.\n\n## 2027',
        ),
    );
  });

  it('goes to the end of a file that keeps its newest update there, with or without a line break at the end', () => {
    const rising = `## 2027-05-10 21:05 investigating\n\nWir suchen.\n\n## 2027-05-10 21:40 identified\n\nEin Schalter.`;
    expect(written(file({}, rising))).toBe(
      `${file({}, rising)}\n\n## 2027-05-10 22:00 identified\n\nDer Strom ist zurück.`,
    );
    expect(written(file({}, `${rising}\n`))).toBe(
      `${file({}, rising)}\n\n## 2027-05-10 22:00 identified\n\nDer Strom ist zurück.\n`,
    );
  });

  it('stands below the summary', () => {
    const result = posted(file({}, `Alle Dienste sind betroffen.\n\n${BODY}`));
    expect(result.reading.incident.summary).toBe('Alle Dienste sind betroffen.');
    expect(result.update.text).toBe('Der Strom ist zurück.');
  });

  it('keeps CRLF, a byte order mark, comments, quotes and the order of keys', () => {
    const before = `\ufeff${file({
      comment: '# von Hand',
      status: "status: 'identified'   # siehe oben",
      next: 'next-update: "2027-05-10 21:30"  # abgesprochen',
    }).replaceAll('\n', '\r\n')}`;
    const after = written(before, { status: 'monitoring' });
    expect(after).toContain("status: 'monitoring'   # siehe oben\r\n");
    expect(after).toContain('\r\n# abgesprochen\r\n');
    expect(after).toContain(
      '\r\n\r\n## 2027-05-10 22:00 monitoring\r\n\r\nDer Strom ist zurück.\r\n\r\n## 2027-05-10 21:40',
    );
    expect(after.startsWith('\ufeff---\r\n')).toBe(true);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each([
    ['UTF-16', (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    [
      'UTF-16, high byte first',
      (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]),
    ],
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ])('is written into a file in %s without touching what is there', (_name, encode) => {
    const before = encode(
      file(
        { title: 'title: Störung für Kunden', status: 'status: identified' },
        BODY.replace('suchen', 'prüfen'),
      ),
    );
    const { reading, update } = posted(before, { status: 'monitoring' });
    expect(reading.incident.title).toBe('Störung für Kunden');
    expect(reading.incident.updates[0]!.text).toBe('Wir prüfen.');
    expect([update.text, update.status, reading.incident.status]).toEqual([
      'Der Strom ist zurück.',
      'monitoring',
      'monitoring',
    ]);
  });
});

describe('the status', () => {
  it('stays what it is where none is given', () => {
    const { reading, update } = posted(file());
    expect([reading.incident.status, update.status]).toEqual(['identified', 'identified']);
  });

  it('closes an incident, and takes the promise with it', () => {
    const { reading } = posted(file({ next: 'next-update: 1h' }), {
      status: 'resolved',
      next: { span: HALF_AN_HOUR },
    });
    expect([reading.incident.status, reading.incident.nextUpdate]).toEqual(['resolved', null]);
    expect(written(file({ next: 'next-update: 1h' }), { status: 'resolved' })).not.toContain('next-update');
  });

  it('gets a line where the frontmatter has none', () => {
    expect(written(file({ status: null }), { status: 'resolved' })).toContain(
      'title: Halle Nord ohne Strom\nstatus: resolved\nimpact',
    );
  });

  it('is replaced wherever it is given, and in whatever spelling', () => {
    const twice = file({ status: 'status: identified', again: 'Status: „wird beobachtet“' });
    expect(posted(twice, { status: 'resolved' }).reading.incident.status).toBe('resolved');
    for (const line of [
      'status:identified',
      'status: [identified]',
      'status: identifyed',
      'status:',
      'status: |\n  identified',
    ]) {
      expect(posted(file({ status: line }), { status: 'resolved' }).reading.incident.status, line).toBe(
        'resolved',
      );
    }
    const list = `---\n- title: Strom\n- status: identified\n---\n\n${BODY}`;
    const { reading } = posted(list, { status: 'monitoring', next: { span: HALF_AN_HOUR } });
    expect([reading.incident.status, reading.incident.nextUpdate]).toEqual([
      'monitoring',
      NOW + HALF_AN_HOUR,
    ]);
  });

  it('of an older update without a word of its own stays what readers saw', () => {
    const body = BODY.replace(' identified ^ab', ' ^ab');
    const { reading, bytes } = posted(file({}, body), { status: 'monitoring' });
    expect(reading.incident.updates.map(({ status }) => status)).toEqual([
      'investigating',
      'identified',
      'monitoring',
    ]);
    expect(Buffer.from(bytes).toString()).toContain('## 2027-05-10 21:40 identified ^ab\n');
  });

  it('of another kind of report is refused', () => {
    const work = file(
      { status: 'status: in progress', s: 'scheduled: { from: 2027-05-10 21:00, to: 2027-05-10 23:00 }' },
      'Arbeiten.',
    );
    expect(postUpdate(PATH, bytesOf(work), { ...PLAIN, status: 'resolved' }, context)).toEqual({
      ok: false,
      message: '"resolved" is no status of a maintenance.',
    });
  });

  it('of a notice that is over leaves it a notice', () => {
    const notice = file(
      { status: 'status: notice', impact: null, components: null },
      BODY.replace(/ (identified|investigating)/g, ''),
    );
    const { reading } = posted(notice, { status: 'resolved' });
    expect([reading.incident.kind, reading.incident.status]).toEqual(['notice', 'resolved']);
  });
});

describe('an update during a maintenance', () => {
  it('says that the work no longer ends by the clock', () => {
    const work = file(
      {
        status: 'status: scheduled',
        impact: null,
        scheduled: 'scheduled: { from: 2027-05-10 21:30, to: 2027-05-10 23:00 }',
      },
      '## 2027-05-09 10:00 scheduled\n\nKurze Unterbrechungen.\n',
    );
    expect(posted(work, { status: 'in progress' }).notes.join()).toContain('no longer ends by the clock');
    expect(posted(work, { status: 'completed' }).notes).toEqual([]);
  });
});

describe('the promise', () => {
  it.each([
    ['a time that has passed goes', 'next-update: 2027-05-10 21:50', null],
    ['a time to come stays', 'next-update: 2027-05-10 22:45', NOW + 45 * 60_000],
    ['a span that has passed goes: nobody promised it anew', 'next-update: 10m', null],
    ['a span that has not passed becomes the time that was promised', 'next-update: 30m', NOW + 10 * 60_000],
  ])('%s', (_what, line, expected) => {
    const { reading } = posted(file({ next: line }));
    expect(reading.incident.nextUpdate).toBe(expected);
  });

  it('is made for a whole minute', () => {
    const { reading } = posted(file(), {
      next: { span: HALF_AN_HOUR },
      at: { at: NOW - 5_000, precision: 'second' },
    });
    expect(reading.incident.nextUpdate).toBe(NOW + HALF_AN_HOUR);
  });
});

describe('the time', () => {
  const inTheMinute = (seconds: number) => ({ ...context, now: NOW + seconds * 1000 });
  const at = (now: typeof context, text: string) => {
    const result = postUpdate(PATH, bytesOf(text), PLAIN, now);
    if (!result.ok) throw new Error(result.message);
    return result;
  };

  it('has seconds where the minute is taken, and older ids stay', () => {
    const now = file({}, BODY.replace('21:40', '22:00'));
    expect(at(inTheMinute(20), now).update.id).toBe('20270510T200020Z');
    expect(at(inTheMinute(0), now).update.id).toBe('20270510T200001Z');
    const twins = file({}, '## 2027-05-10 22:00\n\nEins.\n\n## 2027-05-10 22:00\n\nZwei.\n');
    expect(at(inTheMinute(20), twins).reading.incident.updates.map(({ id, text }) => [id, text])).toEqual([
      ['20270510T2000Z', 'Eins.'],
      ['20270510T2000Z-2', 'Zwei.'],
      ['20270510T200020Z', 'Der Strom ist zurück.'],
    ]);
  });

  it('is later than an update that is dated in the future, which is said', () => {
    const { reading, notes, update } = posted(file({}, BODY.replace('21:40', '23:40')), {
      status: 'resolved',
    });
    expect(reading.incident.status).toBe('resolved');
    expect(update.at).toBe(NOW + 100 * 60_000 + 1000);
    expect(notes.join(' ')).toContain('dated later than now');
  });

  it('that lies before the newest update puts it among the older ones and leaves the status alone', () => {
    const late = { at: NOW - HALF_AN_HOUR, precision: 'minute' as const };
    const { reading, notes } = posted(file({ next: 'next-update: 2h' }), { at: late, status: 'monitoring' });
    expect(reading.incident.updates.map(({ text }) => text)).toEqual([
      'Wir suchen.',
      'Der Strom ist zurück.',
      'Ein Schalter hat ausgelöst.',
    ]);
    expect([reading.incident.status, reading.incident.nextUpdate]).toEqual([
      'identified',
      NOW + 100 * 60_000,
    ]);
    expect(notes.join(' ')).toContain('does not change the status');
  });

  it('of a minute that is taken never moves the id of the update that has it', () => {
    const { reading } = posted(file(), { at: { at: NOW - 55 * 60_000, precision: 'minute' } });
    expect(reading.incident.updates[0]!.id).toBe('20270510T1905Z');
    expect(reading.incident.updates[0]!.text).toBe('Wir suchen.');
  });
});

describe('a body without headings', () => {
  it('becomes the update that it was, below the new one', () => {
    const before = file({ started: 'started: 2027-05-10 21:05' }, 'Wir suchen.\n\nNoch immer.');
    const old = incidentOf(before).updates[0]!;
    const result = posted(before, { status: 'monitoring' });
    expect(result.reading.incident.updates[0]).toEqual(old);
    expect(Buffer.from(result.bytes).toString()).toBe(
      file(
        { status: 'status: monitoring', started: 'started: 2027-05-10 21:05' },
        '## 2027-05-10 22:00 monitoring\n\nDer Strom ist zurück.\n\n## 2027-05-10 21:05 identified\n\nWir suchen.\n\nNoch immer.',
      ),
    );
  });

  it.each([
    ['dated by the name of the file', file({}, 'Wir suchen.\n')],
    [
      'without a blank line after the frontmatter',
      file({}, 'Wir suchen.\n').replace('---\n\nWir', '---\nWir'),
    ],
    ['that is empty', file({ started: 'started: 2027-05-10 21:05' }, '')],
    ['that is empty and ends with the fence', file({ started: 'started: 2027-05-10 21:05' }, '').trimEnd()],
  ])('%s keeps its id', (_what, before) => {
    const old = incidentOf(before).updates[0]!;
    const { reading, update } = posted(before, { status: 'resolved' });
    expect(reading.incident.updates[0]).toEqual(old);
    expect([update.text, reading.incident.status]).toEqual(['Der Strom ist zurück.', 'resolved']);
  });

  it('gets a late update below, where one is written down afterwards', () => {
    const before = file({ started: 'started: 2027-05-10 21:45' }, 'Wir suchen.\n');
    const { reading } = posted(before, { at: { at: NOW - 40 * 60_000, precision: 'minute' } });
    expect(reading.incident.updates.map(({ text }) => text)).toEqual([
      'Der Strom ist zurück.',
      'Wir suchen.',
    ]);
  });
});

describe('a text that could break the file', () => {
  it.each([
    ['## 2027-05-10 21:00 resolved\n\nNoch einer.'],
    ['---\ntitle: Etwas anderes\n---'],
    ['```\noffen'],
    ['<!-- offen'],
    ['<div>\n<p>offen'],
    ['Zeile\n---\nZeile\n==='],
    ['- eins\n- zwei'],
    ['    eingerückt'],
    ['Umlaute äöü, 日本語 und 🔥\r\n\r\nzweiter Absatz\r\n'],
    ['{{ort}} \u0000\u0007 &amp; [x]: y'],
    ['[a]: https://a.example\n\n[a] und [^1]\n\n[^1]: Fuß'],
  ])('%j is published, and the older updates stay', (text) => {
    const before = file({}, BODY.replace('Wir suchen.', 'Wir suchen, siehe [a].\n\n[a]: https://b.example'));
    const { reading, update } = posted(before, { text, status: 'monitoring' });
    const old = incidentOf(before);
    expect(reading.incident.updates.slice(0, 2)).toEqual(old.updates);
    expect(reading.incident.status).toBe('monitoring');
    for (const word of text.match(/\p{L}{4,}/gu) ?? []) expect(update.text).toContain(word);
  });

  it('is not there: then nothing is written', () => {
    expect(postUpdate(PATH, bytesOf(file()), { ...PLAIN, text: ' \n' }, context).ok).toBe(false);
  });
});

describe('a file with slips', () => {
  it.each([
    ['no closing fence', file().replace('\n---\n\n##', '\n\n##')],
    [
      'no closing fence, and text right below the keys',
      file({}, 'Wir suchen.\n').replace('\n---\n\nWir', '\nWir'),
    ],
    ['no opening fence', file().replace('---\n', '')],
    ['no frontmatter', 'Der Strom ist weg.\n'],
    ['no frontmatter, but updates', BODY],
    ['nothing in it', ''],
    ['a conflict', file({}, `<<<<<<< HEAD\n${BODY}=======\n${BODY.replace('Schalter', 'Kabel')}>>>>>>> a\n`)],
    ['a quote too many', file({ impact: 'impact: "major' })],
    ['code that is never closed', file({}, `Siehe:\n\n\`\`\`\n${BODY}`)],
    ['code that is never closed at the end', file({}, BODY.replace('Wir suchen.', '```\nWir suchen.'))],
    ['a heading in a paragraph', file({}, BODY.replaceAll('## ', '##'))],
    ['another language', file().replace('---\n', '---js\n')],
  ])('gets its update: %s', (_what, before) => {
    const { reading, update } = posted(before, { status: 'monitoring' });
    expect(update.text).toBe('Der Strom ist zurück.');
    expect(reading.incident.updates.at(-1)).toEqual(update);
  });

  it('that hid the end of the frontmatter is mended as far as closing the incident needs', () => {
    const { reading, notes, unmet } = posted(file().replace('\n---\n\n##', '\n\n##'), { status: 'resolved' });
    expect([reading.incident.status, unmet]).toEqual(['resolved', null]);
    expect(notes[0]).toContain('not closed');
  });

  it('that nobody can mend keeps the incident open and says so', () => {
    const { reading, update, unmet } = posted(file().replace('---\n', '---js\n'), { status: 'resolved' });
    expect(update.text).toBe('Der Strom ist zurück.');
    expect(reading.incident.status).toBe('investigating');
    expect(unmet).toContain('counts as investigating');
  });
});

const line = fc.oneof(
  fc.constantFrom(
    'Wir arbeiten daran.',
    'Zweite Zeile, größer.',
    '- Punkt',
    '> Zitat',
    '**fett**',
    '`code`',
    '### Teil',
    '日本 🔥',
  ),
  fc.stringMatching(/^[a-zäöü ,.]{1,30}$/).filter((text) => text.trim() !== ''),
);
const paragraph = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n\n'));
const minutes = fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), { minLength: 0, maxLength: 6 });
const STATES = ['investigating', 'identified', 'monitoring'];

/** A file without a slip, in one of many manners of writing it. */
const goodFile = fc
  .record({
    minutes,
    texts: fc.array(paragraph, { minLength: 7, maxLength: 7 }),
    words: fc.array(fc.constantFrom(...STATES, ''), { minLength: 7, maxLength: 7 }),
    summary: fc.option(paragraph),
    rising: fc.boolean(),
    twin: fc.boolean(),
    comment: fc.constantFrom('', '# Notiz: status: resolved\n', '  # eingerückt\n'),
    quote: fc.constantFrom('', '"', "'"),
    promise: fc.constantFrom(
      '',
      'next-update: 30m\n',
      'next-update: 2027-05-10 23:00 # so\n',
      'next-update: "2027-05-10 08:00"\n',
    ),
    statusFirst: fc.boolean(),
    components: fc.constantFrom(
      'components: [web, mail]\n',
      'components:\n  - web\n  - mail\n',
      'components: { web: partial outage }\n',
      '',
    ),
    ending: fc.constantFrom('\n', '', '\n\n\n', '  \n'),
    crlf: fc.boolean(),
    mark: fc.boolean(),
  })
  .map((one) => {
    const times = one.minutes.toSorted((a, b) => (one.rising ? b - a : a - b));
    const stamps = times.map((before) =>
      new Date(NOW - before * 60_000).toISOString().slice(0, 16).replace('T', ' '),
    );
    if (one.twin && stamps.length > 2) stamps.splice(1, 0, stamps[1]!);
    const newest = one.rising ? stamps.length - 1 : 0;
    const status = STATES[stamps.length % 3]!;
    const updates = stamps.map((stamp, index) => {
      const word = index === newest ? (one.words[index] === '' ? '' : status) : one.words[index];
      return `## ${stamp}Z${word === '' ? '' : ` ${word}`}\n\n${one.texts[index]}`;
    });
    const head = [
      `title: ${JSON.stringify('Halle ohne Strom')}\n`,
      `status: ${one.quote}${status}${one.quote}\n`,
    ];
    const keys =
      (one.statusFirst ? head.toReversed() : head).join('') + one.comment + one.promise + one.components;
    const body = [one.summary, ...updates].filter((part) => part !== null).join('\n\n');
    const text = `---\n${keys}started: 2027-05-08 12:00\n---\n\n${body}${one.ending}`;
    return (one.mark ? '\ufeff' : '') + (one.crlf ? text.replaceAll('\n', '\r\n') : text);
  });

const anyPost: fc.Arbitrary<Post> = fc.record({
  status: fc.constantFrom<Post['status'][]>(
    null,
    'investigating',
    'identified',
    'monitoring',
    'resolved',
    'postmortem',
  ),
  text: paragraph,
  authors: fc.constantFrom<string[][]>([], ['ab'], ['ab', 'cd']),
  states: fc.constantFrom<Post['states'][]>(
    {},
    { mail: 'operational' },
    { web: 'degraded performance', db: 'major outage' },
  ),
  next: fc.constantFrom<Post['next'][]>(null, { span: HALF_AN_HOUR }, { at: NOW + 3_600_000 }),
  at: fc.constantFrom<Post['at'][]>(null, null, null, { at: NOW - 90 * 60_000, precision: 'minute' }),
});

/** Whether `part` is `whole` with pieces left out. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at);
    if (at < 0) return false;
    at += character.length;
  }
  return true;
}

/** A file without its status, its promise and blank lines at the end: what a post must never touch. */
function untouchable(text: string): string {
  return text
    .replace(/^status:.*$/m, '')
    .replace(/^next-update: [^#\r\n]*/m, '')
    .replace(/[\r\n]+/g, '\n');
}

describe('whatever good file', () => {
  it('a post adds to it and takes nothing away', () => {
    fc.assert(
      fc.property(goodFile, anyPost, (before, post) => {
        const after = Buffer.from(posted(before, post).bytes).toString('utf8');
        expect(isWithin(untouchable(before), after)).toBe(true);
        expect(after.startsWith('\ufeff')).toBe(before.startsWith('\ufeff'));
        expect(/[^\r]\n/.test(after)).toBe(/[^\r]\n/.test(before));
        expect(/\n$/.test(after)).toBe(/\n$/.test(before));
      }),
      { numRuns: 200 },
    );
  });

  it('readers keep every older update with its id and get the new one', () => {
    fc.assert(
      fc.property(goodFile, anyPost, (before, post) => {
        const old = incidentOf(before);
        const { reading, update, unmet } = posted(before, post);
        expect(reading.incident.updates.filter(({ id }) => id !== update.id)).toEqual(old.updates);
        expect([update.text.replaceAll('\r', ''), update.authors, update.states]).toEqual([
          post.text.trimEnd(),
          post.authors,
          post.states,
        ]);
        expect(unmet).toBe(null);
        if (reading.incident.updates.at(-1) === update)
          expect(reading.incident.status).toBe(post.status ?? old.status);
        else expect(reading.incident.status).toBe(old.status);
        expect(reading.faults.filter(({ transient }) => !transient)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('takes one post after the other', () => {
    fc.assert(
      fc.property(goodFile, fc.array(anyPost, { minLength: 2, maxLength: 4 }), (before, posts) => {
        let bytes = bytesOf(before);
        const ids = incidentOf(before).updates.map(({ id }) => id);
        for (const post of posts) {
          const result = posted(bytes, post);
          bytes = new Uint8Array(result.bytes);
          ids.push(result.update.id);
        }
        expect(
          incidentOf(bytes)
            .updates.map(({ id }) => id)
            .sort(),
        ).toEqual(ids.sort());
      }),
      { numRuns: 60 },
    );
  });
});
