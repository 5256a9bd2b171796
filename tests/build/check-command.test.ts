import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, makeSite, runBuild, runCheck, type TestSite, writeFiles } from './harness.ts';

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: en
components:
  - { id: mail, name: Mail }
`;

const incident = (title: string, more = '') => `---
title: ${title}
status: investigating
components: [mail]
${more}---

## 2026-11-21 19:05

We are on it.
`;

const SLIPS = incident('Mail: nothing goes out', 'hosts: mail-1, mail-2\n')
  .replaceAll('\n', '\r\n')
  .replace('## ', '##');

describe('check --fix', () => {
  it('changes what is in the file, and nothing on the page', async () => {
    const built = await buildSite({ 'status.config.yml': CONFIG, 'incidents/2026-11-21-mail.md': SLIPS });
    const before = await readFile(join(built.outDir, 'index.html'), 'utf8');
    expect(before).toContain('nothing goes out');

    const fixed = await runCheck(built, { args: ['--fix'] });
    expect(fixed).toMatchObject({ code: 0, stderr: '' });
    expect(fixed.stdout).toContain('3 faults in 1 file mended.');
    expect(await readFile(join(built.folder, 'incidents/2026-11-21-mail.md'), 'utf8')).toBe(
      SLIPS.replace('Mail: nothing goes out', '"Mail: nothing goes out"')
        .replace('mail-1, mail-2', '[mail-1, mail-2]')
        .replace('##2026', '## 2026'),
    );
    expect((await runCheck(built, { args: ['--strict'] })).code).toBe(0);

    await runBuild(built);
    expect(await readFile(join(built.outDir, 'index.html'), 'utf8')).toBe(before);
  });
});

describe('check --strict --changed-since', () => {
  let site: TestSite;
  const strict = (more: string[] = []) =>
    runCheck(site, { args: ['--strict', '--changed-since', 'main', '--format', 'github', ...more] });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=A', '-c', 'user.email=a@nordhost.example', '-c', 'commit.gpgsign=false', ...args],
      { cwd: site.folder, stdio: 'ignore' },
    );

  beforeAll(async () => {
    site = await makeSite({
      'content/status.config.yml': CONFIG,
      // Old slips, and one that only the clock brings: nobody has written for more than a week.
      'content/incidents/2026-10-02-old.md': incident('Old', 'colour: red\n').replace(
        '2026-11-21',
        '2026-10-02',
      ),
    });
    git('init', '-b', 'main');
    git('add', '.');
    git('commit', '-m', 'first');
    git('checkout', '-b', 'mail');
    site = { ...site, folder: join(site.folder, 'content') };
  });

  it('passes over what was there before', async () => {
    await writeFiles(site.folder, { 'incidents/2026-11-21-mail.md': incident('Mail') });
    expect((await runCheck(site, { args: ['--strict'] })).code).toBe(1);
    expect(await strict()).toMatchObject({
      code: 0,
      stdout: '3 files read, nothing to report. Only what changed since main counts.\n',
    });
  });

  it('names what the branch brings in, by its path in the repository', async () => {
    await writeFiles(site.folder, { 'incidents/2026-11-21-mail.md': incident('Mail', 'impact: majr\n') });
    const { code, stdout } = await strict();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::warning file=content\/incidents\/2026-11-21-mail\.md,line=5,/);
    expect(stdout).not.toContain('2026-10-02');
  });

  it('counts all files once the config has changed, but not the clock', async () => {
    await writeFiles(site.folder, { 'status.config.yml': `${CONFIG}logo: logo.svg\n` });
    const { stdout } = await strict();
    expect(stdout).toContain('title=unknown-key');
    expect(stdout).not.toContain('silent-for-long');
  });

  it('answers an unknown revision with a sentence', async () => {
    const run = await runCheck(site, { args: ['--changed-since', 'mian'] });
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('no revision "mian"') });
  });
});
