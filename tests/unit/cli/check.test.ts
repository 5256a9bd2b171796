import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../../src/cli/check.ts';
import { file } from '../content/sample.ts';

const CONFIG =
  'name: Moorhost\nurl: https://moor.example\ntimezone: Europe/Berlin\nlanguage: de\ncomponents: [web, mail]\nauthors: { ab: A, cd: C }\n';
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'moor-'));
  for (const [site, text] of Object.entries({
    good: file(),
    doubtful: file({ impact: 'impact: majr' }),
    bad: file().replace('\n---\n\n', '\n\n'),
  })) {
    await mkdir(join(root, site, 'incidents'), { recursive: true });
    await writeFile(join(root, site, 'status.config.yml'), CONFIG);
    await writeFile(join(root, site, 'incidents', '2027-05-10-strom.md'), text);
  }
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function run(
  site: string,
  args: string[] = [],
  more: { env?: Record<string, string>; isTerminal?: boolean } = {},
) {
  let out = '';
  let err = '';
  const code = await check({
    args,
    env: { STATUS_SITE: site, STATUS_NOW: '2027-05-10T20:00:00Z', ...more.env },
    cwd: root,
    isTerminal: more.isTerminal ?? false,
    print: (text) => (out += text),
    printError: (text) => (err += text),
  });
  return { code, out, err };
}

describe('npm run check', () => {
  test.each([
    ['good', [], 0],
    ['doubtful', [], 0],
    ['doubtful', ['--strict'], 1],
    ['bad', [], 1],
    ['good', ['--strict'], 0],
  ])('a %s site with %j exits with %i', async (site, args, code) => {
    expect((await run(site, args)).code).toBe(code);
  });

  test('of a folder that is not there says so, as the build does', async () => {
    const { code, out, err } = await run('godo');
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(`STATUS_SITE names ${join(root, 'godo')}, which is no folder.\n`);
  });

  test('says what is wrong and counts', async () => {
    const { out } = await run('doubtful');
    expect(out).toContain(
      'incidents/2027-05-10-strom.md:4:9  warning  unknown-impact\n  impact: majr\n          ^^^^\n',
    );
    expect(out).toMatch(/0 errors, 1 warning in 2 files\.\n$/);
  });

  test('--json gives the same as data', async () => {
    const { faults, files } = JSON.parse((await run('doubtful', ['--json'])).out);
    expect(files).toBe(2);
    expect(faults).toMatchObject([
      { file: 'incidents/2027-05-10-strom.md', line: 4, code: 'unknown-impact' },
    ]);
  });

  test('has colours on a terminal, unless they are switched off', async () => {
    expect((await run('doubtful', [], { isTerminal: true })).out).toContain('\u001b[');
    expect((await run('doubtful', [], { isTerminal: true, env: { NO_COLOR: '1' } })).out).not.toContain(
      '\u001b[',
    );
    expect((await run('doubtful')).out).not.toContain('\u001b[');
  });

  test('--help shows examples', async () => {
    const { code, out } = await run('good', ['--help']);
    expect(code).toBe(0);
    expect(out).toContain('npm run check -- --strict');
  });

  test('a misspelt flag is no check', async () => {
    const { code, err, out } = await run('good', ['--strikt']);
    expect(code).toBe(2);
    expect(err).toContain('--strict');
    expect(out).toBe('');
  });

  test("a clock that can't be read is no check", async () => {
    const { code, err } = await run('good', [], { env: { STATUS_NOW: 'gestern' } });
    expect(code).toBe(2);
    expect(err).toContain('STATUS_NOW');
  });
});
