import { describe, expect, test } from 'vitest';
import { findFences } from '../../../src/content/fences.ts';
import { incidentKey } from '../../../src/content/incident-keys.ts';
import { edited } from './sample.ts';

const KEYS = 'title: Kein Strom\nstatus: identified\n';
const BODY = '\nText.\n';
const find = (text: string) => findFences(text, (word) => incidentKey(word) !== null);

function parts(text: string) {
  const fences = find(text);
  if (fences === null) return null;
  return {
    yaml: text.slice(fences.yamlStart, fences.yamlEnd),
    body: text.slice(fences.bodyStart),
    codes: fences.problems.map(({ code }) => code),
  };
}

describe('fences that are as they should be', () => {
  test.each([
    ['plain', `---\n${KEYS}---\n${BODY}`],
    ['with blanks behind them', `---  \n${KEYS}---\t\n${BODY}`],
    ['that name YAML', `---yaml\n${KEYS}---\n${BODY}`],
  ])('%s part keys and text without a word', (_, text) => {
    expect(parts(text)).toEqual({ yaml: KEYS, body: BODY, codes: [] });
  });

  test('leave rules in the text alone', () => {
    expect(parts(`---\n${KEYS}---\n\nA\n\n---\n\nB\n`)?.body).toBe('\nA\n\n---\n\nB\n');
  });
});

describe('fences that a hurried hand spoiled', () => {
  const spoilt: [string, string][] = [
    ['two hyphens', `--\n${KEYS}--\n${BODY}`],
    ['four and five hyphens', `----\n${KEYS}-----\n${BODY}`],
    ['an em dash and a hyphen', `—-\n${KEYS}—-\n${BODY}`],
    ['a single em dash', `—\n${KEYS}—\n${BODY}`],
    ['three en dashes', `–––\n${KEYS}–––\n${BODY}`],
    ['plus signs', `+++\n${KEYS}+++\n${BODY}`],
    ['three dots below', `---\n${KEYS}...\n${BODY}`],
    ['code marks', `\`\`\`yaml\n${KEYS}\`\`\`\n${BODY}`],
    ['a stray letter before the first', `y---\n${KEYS}---\n${BODY}`],
    ['a stray letter behind the first', `---y\n${KEYS}---\n${BODY}`],
    ['a letter between the hyphens', `--x-\n${KEYS}-x--\n${BODY}`],
    ['blanks before them', `  ---\n${KEYS} ---\n${BODY}`],
    ['empty lines before the first', `\n\n---\n${KEYS}---\n${BODY}`],
    ['a stray letter on a line of its own', `i\n---\n${KEYS}---\n${BODY}`],
    ['the first one missing', `${KEYS}---\n${BODY}`],
    ['the first one doubled', `---\n---\n${KEYS}---\n${BODY}`],
    ['the first key glued to it', `---${KEYS}---\n${BODY}`],
    ['an invisible character before it', `\u200b---\n${KEYS}---\n${BODY}`],
  ];

  test.each(spoilt)('%s: read, with a warning and the edit that mends it', (_, text) => {
    const found = parts(text);
    expect(found?.yaml).toBe(KEYS);
    expect(found?.body).toBe(BODY);
    expect(found?.codes.length).toBeGreaterThan(0);
    let mended = text;
    for (let round = 0; round < 4; round += 1) {
      const fix = find(mended)?.problems[0]?.fix;
      if (fix !== undefined && fix !== null) mended = edited(mended, fix);
    }
    expect(mended).toBe(`---\n${KEYS}---\n${BODY}`);
  });

  test.each(spoilt)('%s: mended with the line ends of the file', (_, text) => {
    const windows = text.replaceAll('\n', '\r\n');
    for (const { fix } of find(windows)?.problems ?? []) {
      expect(edited(windows, fix ?? [])).not.toMatch(/[^\r]\n/);
    }
  });

  test('spaces beside it are named, not shown as if they were right', () => {
    for (const text of [`  ---\n${KEYS}---\n${BODY}`, `---\u00a0\n${KEYS}---\n${BODY}`]) {
      expect(find(text)?.problems[0]?.message).toContain('Delete them.');
    }
  });

  test('one between the keys parts nothing: all of them are keys', () => {
    const text = `---\ntitle: Kein Strom\n---\nstatus: identified\n---\n${BODY}`;
    expect(parts(text)).toMatchObject({ body: BODY, codes: ['fence-between-keys'] });
    expect(edited(text, find(text)!.problems[0]!.fix!)).toBe(`---\n${KEYS}---\n${BODY}`);
  });

  test('a key right below the closing one is text, with a warning', () => {
    expect(parts(`---\n${KEYS}---\nimpact: critical\n${BODY}`)).toEqual({
      yaml: KEYS,
      body: `impact: critical\n${BODY}`,
      codes: ['key-below-fence'],
    });
    expect(parts(`---\n${KEYS}---\n\nimpact: critical\n\n---\n`)?.codes).toEqual([]);
    expect(parts(`---\n${KEYS}---\nStatus: wir suchen.\n\n---\n\nMehr.\n`)?.codes).toEqual([]);
  });

  test('text on the line of the closing one begins the body', () => {
    expect(parts(`---\n${KEYS}---Text.\n`)).toEqual({ yaml: KEYS, body: 'Text.\n', codes: ['odd-fence'] });
  });

  test('words before the first one are kept, and a person must decide where they belong', () => {
    const fences = find(`Entwurf von heute\n---\n${KEYS}---\n${BODY}`)!;
    expect(fences.preface).toEqual({ start: 0, end: 18 });
    expect(fences.problems).toMatchObject([{ code: 'text-before-fence', fix: null }]);
  });
});

describe('a frontmatter that is not closed', () => {
  test('ends where the keys do, as an error that shows where the fence belongs', () => {
    const text = `---\n${KEYS}\n## 2027-05-10 21:05\n\nText.\n`;
    const fences = find(text)!;
    expect(fences.closed).toBe(false);
    expect(text.slice(fences.yamlStart, fences.yamlEnd)).toBe(KEYS);
    expect(fences.problems).toMatchObject([{ code: 'missing-closing-fence', level: 'error' }]);
    expect(edited(text, fences.problems[0]!.fix!)).toBe(`---\n${KEYS}---\n\n## 2027-05-10 21:05\n\nText.\n`);
  });
});

describe('what is no frontmatter', () => {
  test.each(['', '\n \n', 'Die Halle hat keinen Strom.\n', '# Strom\n\n---\n\nText\n'])(
    '%j has none',
    (text) => {
      expect(find(text)).toBeNull();
    },
  );

  test.each(['js', 'javascript', 'json', 'toml', 'coffee'])(
    '---%s names a language that is not read',
    (language) => {
      expect(find(`---${language}\n{ title: "x" }\n---\n`)?.language).toBe(language);
    },
  );
});
