import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, makeSite, type Run, runCommand, temporaryFolder, writeFiles } from './harness.ts';
import { environment, scratchRepository } from './scratch-repository.ts';

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
components: [mail]
`;
const REPORT = ['--title', 'No power in Dresden', '--impact', 'critical', '--components', 'mail'];
const TEXT = ['--text', "We're on it."];
const FILE = `---
title: "No power in Dresden"
status: investigating
impact: critical
components: [mail]
---

## 2026-11-21 18:30 investigating

We're on it.
`;

function link(site: string, args: string[]): Promise<Run> {
  return runCommand(['src/cli/new.ts', '--link', ...args], {
    ...environment(),
    STATUS_SITE: site,
    STATUS_NOW: '2026-11-21T17:30:00Z',
    GIT_CEILING_DIRECTORIES: '/tmp',
  });
}

async function siteAt(source: string): Promise<string> {
  return (await makeSite({ 'status.config.yml': `${CONFIG}source: ${source}\n` })).folder;
}

it('opens the editor with the very file that would be written, and writes nothing', async () => {
  const site = await siteAt('https://github.com/nordhost/status');
  const { code, stdout, stderr } = await link(site, [...REPORT, ...TEXT]);
  expect(code).toBe(0);
  expect(stdout.split('\n')).toHaveLength(2);
  const url = new URL(stdout.trim());
  expect(url.origin + url.pathname).toBe('https://github.com/nordhost/status/new/main');
  expect(url.searchParams.get('filename')).toBe('incidents/2026-11-21-no-power-in-dresden.md');
  expect(url.searchParams.get('value')).toBe(FILE);
  expect(stderr).toContain('Readers will see:');
  expect(stderr).toContain('Nothing was written here.');
  expect(await filesBelow(site)).toEqual(['status.config.yml']);
});

it('takes another name where there is such a file', async () => {
  const site = await siteAt('https://codeberg.org/nordhost/status');
  await writeFiles(site, { 'incidents/2026-11-21-no-power-in-dresden.md': FILE });
  const { stdout } = await link(site, [...REPORT, ...TEXT]);
  expect(stdout).toContain('/_new/main/incidents?filename=2026-11-21-no-power-in-dresden-2.md&value=');
});

it('prints the text to paste where the host takes none from an address', async () => {
  const site = await siteAt('https://gitlab.com/nordhost/status');
  const { code, stdout, stderr } = await link(site, [...REPORT, ...TEXT, '--branch', 'live']);
  expect(code).toBe(0);
  expect(stdout).toBe(
    `https://gitlab.com/nordhost/status/-/new/live?file_name=incidents%2F2026-11-21-no-power-in-dresden.md\n\n${FILE}`,
  );
  expect(stderr).toContain('paste the text below it');
});

it('says so when the text is too long for an address', async () => {
  const site = await siteAt('https://github.com/nordhost/status');
  const { code, stdout, stderr } = await link(site, [...REPORT, '--text', 'Long. '.repeat(1500)]);
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).not.toContain('value=');
  expect(stdout).toContain('Long. Long.');
  expect(stderr).toContain('The text is too long for an address: paste it.');
});

it('knows repository, branch and folder from a clone where the config does not name them', async () => {
  const { folder, git, commit } = await scratchRepository();
  await commit('2026-11-21T10:00:00Z', { 'our site/status.config.yml': CONFIG });
  await git('remote', 'add', 'origin', 'git@codeberg.org:nordhost/all.git');
  await git('update-ref', 'refs/remotes/origin/live', 'HEAD');
  await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/live');
  const { stdout } = await link(join(folder, 'our site'), [...REPORT, ...TEXT]);
  expect(stdout).toMatch(
    /^https:\/\/codeberg\.org\/nordhost\/all\/_new\/live\/our%20site\/incidents\?filename=2026/,
  );
});

it('never puts a secret into an address', async () => {
  const site = await siteAt('https://github.com/nordhost/status');
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const { code, stdout, stderr } = await link(site, [...REPORT, '--text', `The token was ${secret}.`]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('looks like a secret');
  expect(stderr).not.toContain(secret);
});

it.each([
  [['--push'], '--link writes nothing, so there is nothing to commit'],
  [['--impact', 'critcal'], 'Did you mean "critical"?'],
])('wrong usage %j is told', async (args, message) => {
  const site = await siteAt('https://github.com/nordhost/status');
  const { code, stdout, stderr } = await link(site, ['--title', 'x', ...TEXT, ...args]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

it('says what to write into the config where no repository is known', async () => {
  const site = join(await temporaryFolder(), 'site');
  await writeFiles(site, { 'status.config.yml': CONFIG });
  const { code, stderr } = await link(site, [...REPORT, ...TEXT]);
  expect(code).toBe(2);
  expect(stderr).toContain('source: https://codeberg.org/you/status');
  expect(await readdir(site)).toEqual(['status.config.yml']);
});
