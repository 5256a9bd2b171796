import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../../src/cli/check.ts';
import { BODY, file } from '../content/sample.ts';

const CONFIG =
  'name: Moorhost\nurl: https://moor.example\ntimezone: Europe/Berlin\nlanguage: de\nlanguages: [de, en]\ncomponents: [web, mail]\nauthors: { ab: A, cd: C }\n';
const POWER = 'incidents/2027-05-10-strom.md';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moor-'));
  await put('status.config.yml', CONFIG);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

const held = (path: string) => readFile(join(folder, path), 'utf8');

async function run(args: string[], more: { env?: Record<string, string>; isTerminal?: boolean } = {}) {
  let out = '';
  let err = '';
  const code = await check({
    args,
    env: { STATUS_NOW: '2027-05-10T20:00:00Z', ...more.env },
    cwd: folder,
    isTerminal: more.isTerminal ?? false,
    print: (text) => (out += text),
    printError: (text) => (err += text),
  });
  return { code, out, err };
}

describe('check --fix', () => {
  test('shows a diff, writes it, and goes on to say what is left', async () => {
    await put(POWER, file({ title: 'title:Halle ohne Strom', impact: 'impact: majr' }));
    const { code, out } = await run(['--fix']);
    expect(code).toBe(0);
    expect(out).toContain(
      `--- ${POWER}\n+++ ${POWER}\n@@ -1,5 +1,5 @@\n ---\n-title:Halle ohne Strom\n+title: Halle`,
    );
    expect(out).toContain('\n1 fault in 1 file mended.\n');
    expect(out.indexOf('@@')).toBeLessThan(out.indexOf('warning  unknown-impact'));
    expect(out).toMatch(/0 errors, 1 warning in 2 files\.\n$/);
    expect(await held(POWER)).toBe(file({ title: 'title: Halle ohne Strom', impact: 'impact: majr' }));
  });

  test('done again, changes nothing and says so', async () => {
    await put(POWER, file({ title: 'title:Halle ohne Strom' }));
    await run(['--fix']);
    const { out } = await run(['--fix']);
    expect(out).toBe(
      'Nothing here has a plain reading that could be written back.\n\n2 files read, nothing to report.\n',
    );
  });

  test('with --dry-run says the same, and writes nothing', async () => {
    const slips = file({ title: 'title:Halle ohne Strom', impact: 'impact: majr' });
    await put(POWER, slips);
    const dry = await run(['--fix', '--dry-run']);
    expect(await held(POWER)).toBe(slips);
    expect(dry.out).toContain('1 fault in 1 file can be mended so; nothing was written.');
    const real = await run(['--fix']);
    expect(dry.out.replace('can be mended so; nothing was written.', 'mended.')).toBe(real.out);
  });

  test('mends translations and the config, too', async () => {
    const english = 'incidents/2027-05-10-strom.en.md';
    await put(POWER, file());
    await put(english, `---\ntitle:Power failure\n---\n\n${BODY}`);
    await put('status.config.yml', CONFIG.replace('name: ', 'name:'));
    expect((await run(['--fix'])).out).toContain('2 faults in 2 files mended.');
    expect(await held(english)).toBe(`---\ntitle: Power failure\n---\n\n${BODY}`);
    expect(await held('status.config.yml')).toBe(CONFIG);
  });

  test('says that the encoding changes', async () => {
    await put(POWER, Buffer.from(`\ufeff${file()}`, 'utf16le'));
    expect((await run(['--fix'])).out).toContain(`${POWER} is written as UTF-8 instead of UTF-16.\n`);
    expect(await held(POWER)).toBe(file());
  });

  test('mends an error, after which the check passes', async () => {
    await put(POWER, file().replace('\n---\n\n', '\n\n'));
    expect((await run([])).code).toBe(1);
    expect((await run(['--fix', '--dry-run'])).code).toBe(0);
    expect((await run(['--fix'])).code).toBe(0);
  });

  test('has colours on a terminal only', async () => {
    await put(POWER, file({ title: 'title:Halle' }));
    const dry = ['--fix', '--dry-run'];
    expect((await run(dry)).out).not.toContain('\u001b');
    expect((await run(dry, { isTerminal: true })).out).toContain('\u001b[31m-title:Halle\u001b[0m');
    expect((await run(dry, { isTerminal: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
  });

  test('shows no secret in its diff', async () => {
    const token = `ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ0bC2eF4hJ6'}`;
    await put(POWER, file({ title: `title:Halle ${token}` }));
    const { out } = await run(['--fix']);
    expect(out).toContain('+title: Halle █');
    expect(out).not.toContain(token.slice(4));
    expect(await held(POWER)).toContain(`title: Halle ${token}\n`);
  });

  test('with --json tells which files were mended', async () => {
    await put(POWER, file({ title: 'title:Halle', impact: 'impact: majr' }));
    const { fixed, faults } = JSON.parse((await run(['--fix', '--json'])).out);
    expect(fixed).toEqual([{ file: POWER, mended: 1 }]);
    expect(faults).toMatchObject([{ code: 'unknown-impact' }]);
  });

  test('--dry-run alone is no wish', async () => {
    expect(await run(['--dry-run'])).toMatchObject({ code: 2, out: '' });
  });
});

describe('check --format', () => {
  test('github prints an annotation for each fault, and the count', async () => {
    await put(POWER, file({ impact: 'impact: majr' }));
    const { code, out } = await run(['--format', 'github', '--strict'], {
      env: { GITHUB_WORKSPACE: dirname(folder) },
    });
    expect(code).toBe(1);
    const way = folder.slice(dirname(folder).length + 1);
    expect(out).toMatch(
      new RegExp(
        `^::warning file=${way}/${POWER},line=4,endLine=4,col=9,endColumn=13,title=unknown-impact::.*\n0 errors, 1 warning in 2 files\\.\n$`,
      ),
    );
  });

  test('of another name is answered with the nearest', async () => {
    expect(await run(['--format', 'gihub'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean github?'),
    });
    expect((await run(['--json', '--format', 'text'])).code).toBe(2);
  });
});

describe('check --changed-since', () => {
  test('outside of a repository is no check', async () => {
    expect(await run(['--strict', '--changed-since', 'main'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('in no git repository'),
    });
  });
});
