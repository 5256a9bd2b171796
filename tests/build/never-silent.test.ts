import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildSite, filesBelow, makeSite, runBuild, runCheck, snapshot, writeFiles } from './harness.ts';

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: en
components:
  - { id: mail, name: Mail }
`;

const GOOD = `---
title: Mail is down
status: investigating
impact: major
components: [mail]
---

## 2026-11-21 19:05

We are on it.
`;

const BROKEN = `---
title: "Power failure in hall 3
status: identified
components: [mail
`;

const page = (outDir: string, path: string) => readFile(join(outDir, path), 'utf8');

describe('a file that can not be read', () => {
  it('keeps neither itself nor the outage beside it off the page', async () => {
    const built = await buildSite({
      'status.config.yml': CONFIG,
      'incidents/2026-11-21-mail.md': GOOD,
      'incidents/2026-11-21-power.md': BROKEN,
    });
    expect(built.stderr).toBe('');
    expect(built.code).toBe(0);
    const home = await page(built.outDir, 'index.html');
    expect(home).toContain('Mail is down');
    expect(home).toContain('Power failure in hall 3');
    expect(await filesBelow(built.outDir)).toEqual(
      expect.arrayContaining(['incidents/2026-11-21-mail.html', 'incidents/2026-11-21-power.html']),
    );
  });

  it('is listed last, with its place, after the summary', async () => {
    const built = await buildSite({
      'status.config.yml': CONFIG,
      'incidents/2026-11-21-mail.md': GOOD,
      'incidents/2026-11-21-power.md': BROKEN,
    });
    const [summary, faults] = built.stdout.split(/\n(?=\nincidents\/)/);
    expect(summary).toMatch(/incidents +2 \(2 open\)/);
    expect(summary).toMatch(/faults +[1-9]\d* errors?/);
    expect(faults).toMatch(/^\nincidents\/2026-11-21-power\.md:\d+:\d+ {2}(error|warning)/);
  });

  it('is named once with others that say the same, if it is a warning; check names each', async () => {
    const odd = GOOD.replace('components', 'colour: red\ncomponents');
    const site = await makeSite({
      'status.config.yml': CONFIG,
      'incidents/2026-11-21-a.md': odd,
      'incidents/2026-11-21-b.md': odd,
      'incidents/2026-11-21-c.md': odd,
    });
    const { stdout } = await runBuild(site);
    expect(stdout.match(/unknown-key/g)).toHaveLength(1);
    expect(stdout).toContain('\n  2 times more in 2 files: npm run check lists every one.\n');
    expect((await runCheck(site)).stdout.match(/unknown-key/g)).toHaveLength(3);
  });

  it('with --strict lets nothing be published and leaves what is there', async () => {
    const site = await makeSite({ 'status.config.yml': CONFIG, 'incidents/2026-11-21-mail.md': GOOD });
    expect(await runBuild(site)).toMatchObject({ code: 0, stderr: '' });
    const before = await snapshot(site.outDir);
    await writeFiles(site.folder, { 'incidents/2026-11-21-power.md': BROKEN });
    const strict = await runBuild(site, { args: ['--strict'] });
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain('incidents/2026-11-21-power.md:');
    expect(await snapshot(site.outDir)).toEqual(before);
  });
});

describe('a config that can not be read', () => {
  it.each([
    ['missing', null],
    ['empty', ''],
    ['no YAML', 'name: [Nordhost\n  : :\n'],
    ['a list', '- a\n- b\n'],
  ])('%s: the outage is published all the same', async (_, config) => {
    const built = await buildSite({
      ...(config === null ? {} : { 'status.config.yml': config }),
      'incidents/2026-11-21-mail.md': GOOD,
    });
    expect(built.code).toBe(0);
    expect(await page(built.outDir, 'index.html')).toContain('Mail is down');
  });
});

describe('a file in public/', () => {
  it('is copied as it is', async () => {
    const built = await buildSite({
      'status.config.yml': CONFIG,
      'public/.well-known/security.txt': 'Contact: tel:+4935100000\n',
    });
    expect(await page(built.outDir, '.well-known/security.txt')).toBe('Contact: tel:+4935100000\n');
  });

  it('never takes the place of a page, and says so', async () => {
    const built = await buildSite({
      'incidents/2026-11-21-mail.md': GOOD,
      'public/index.html': '<p>All is well</p>',
      'public/incidents/2026-11-21-mail.html/x.txt': 'x',
    });
    expect(built.code).toBe(0);
    expect(await page(built.outDir, 'index.html')).toContain('Mail is down');
    expect(built.stdout).toContain('public/index.html:1:1  warning  public-name-taken');
    expect(await page(built.outDir, 'incidents/2026-11-21-mail.html')).toContain('Mail is down');
  });
});

describe('an output folder', () => {
  it('with files of somebody else is refused', async () => {
    const site = await makeSite({ 'status.config.yml': CONFIG });
    await writeFiles(site.outDir, { 'thesis.txt': 'ten years of work' });
    const run = await runBuild(site);
    expect(run.code).toBe(2);
    expect(await page(site.outDir, 'thesis.txt')).toBe('ten years of work');
  });

  it.each(['.', '..', 'incidents', 'public/build'])('%s of the site is refused', async (path) => {
    const site = await makeSite({ 'status.config.yml': CONFIG, 'incidents/a.md': GOOD });
    const before = await snapshot(site.folder);
    const run = await runBuild({ ...site, outDir: join(site.folder, path) });
    expect(run.code).toBe(2);
    expect(await snapshot(site.folder)).toEqual(before);
  });

  it('holds nothing of an earlier build, nor anything that only building needs', async () => {
    const site = await makeSite({ 'status.config.yml': CONFIG, 'incidents/2026-11-21-mail.md': GOOD });
    await runBuild(site);
    await rm(join(site.folder, 'incidents/2026-11-21-mail.md'));
    await writeFiles(site.outDir, { 'left-over.txt': 'old' });
    expect((await runBuild(site)).code).toBe(0);
    const files = await filesBelow(site.outDir);
    expect(
      files.filter((path) => /2026-11-21-mail|v2\/incidents\/\w{12}\.json|left-over/.test(path)),
    ).toEqual([]);
    expect(files.filter((path) => /\.mjs$|prerender|_astro/.test(path))).toEqual([]);
  });
});

describe('the build command', () => {
  it('answers an unknown flag with the nearest one', async () => {
    const site = await makeSite({ 'status.config.yml': CONFIG });
    const run = await runBuild(site, { args: ['--strikt'] });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('Did you mean --strict?');
  });

  it('says that STATUS_SITE leads nowhere', async () => {
    const site = await makeSite({ 'status.config.yml': CONFIG });
    const run = await runBuild({ ...site, folder: join(site.folder, 'nowhere') });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('STATUS_SITE');
  });

  it('says that STATUS_NOW can not be read', async () => {
    const site = await makeSite({ 'status.config.yml': CONFIG });
    const run = await runBuild(site, { env: { STATUS_NOW: 'yesterday' } });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('STATUS_NOW');
  });
});

describe('a folder that is no site', () => {
  it('is not published as one where everything works', async () => {
    const site = await makeSite({ 'notes.txt': 'Nothing of a status page.' });
    const built = await runBuild(site);
    expect(built.code).not.toBe(0);
    expect(built.stderr).toContain('holds neither status.config.yml nor incidents/');
    expect(existsSync(site.outDir)).toBe(false);
  });

  it('becomes one with nothing but a config', async () => {
    const built = await buildSite({ 'status.config.yml': CONFIG });
    expect(built.code).toBe(0);
    expect(await page(built.outDir, 'index.html')).toContain('Everything works.');
  });
});

describe('an open incident without an effect', () => {
  it('is neither green nor called operational', async () => {
    const built = await buildSite({
      'status.config.yml': CONFIG,
      'incidents/2026-11-21-noise.md': GOOD.replace('impact: major', 'impact: none').replace(
        'Mail is down',
        'Odd noise',
      ),
    });
    for (const path of ['index.html', 'incidents/2026-11-21-noise.html', 'history/2026-11.html']) {
      const main = (await page(built.outDir, path)).split('<main')[1]!;
      const told = main.split('class="services"')[0]!.split('class="facts"')[0]!;
      expect(told, path).toContain('Odd noise');
      expect(told, path).not.toMatch(/Operational|#operational_/);
    }
  });
});

describe('what the page says about time', () => {
  it('is no hour that nobody wrote, and no quiet fortnight beside an open incident', async () => {
    const built = await buildSite({
      'status.config.yml': CONFIG,
      'incidents/2026-11-02-disk.md':
        '---\ntitle: A disk\nstatus: resolved\n---\n\n## 2026-11-03 resolved\n\nWell.\n\n## 2026-11-02\n\nSlow.\n',
      'incidents/2026-11-21-mail.md': GOOD,
    });
    for (const path of ['incidents/2026-11-02-disk.html', 'history/2026-11.html']) {
      expect(await page(built.outDir, path)).not.toContain('00:00');
    }
    expect(await page(built.outDir, 'index.html')).toContain(
      'No other incidents in the 14 days up to 21 Nov 2026.',
    );
  });
});
