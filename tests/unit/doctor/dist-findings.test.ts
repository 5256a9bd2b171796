import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type DistFacts, distFacts } from '../../../src/doctor/dist-facts.ts';
import { DAY, examine, NOW } from './sample.ts';
import { buildJson } from './web-servers.ts';

const scratch: string[] = [];
afterEach(async () => {
  await Promise.all(scratch.splice(0).map((folder) => rm(folder, { recursive: true })));
});

describe('a built site', () => {
  test('is measured', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dran-dist-'));
    scratch.push(folder);
    await mkdir(join(folder, 'incidents/deep'), { recursive: true });
    await writeFile(join(folder, 'build.json'), buildJson());
    await writeFile(join(folder, 'incidents/a.html'), 'x'.repeat(5000));
    await writeFile(join(folder, 'incidents/b.html'), 'x'.repeat(10));
    await writeFile(join(folder, 'incidents/deep/c.html'), 'x');
    const facts = await distFacts(folder);
    expect(facts).toEqual({
      files: 4,
      folders: 2,
      bytes: 5011 + buildJson().length,
      largest: { path: 'incidents/a.html', bytes: 5000 },
      fullest: { path: 'incidents', files: 2 },
      build: {
        built: NOW,
        hash: 'a'.repeat(64),
        nextChange: null,
        url: 'https://status.moor.example',
      },
    });
  });

  test('may not be there, or be none of ours', async () => {
    expect(await distFacts('/nowhere/at/all')).toBeNull();
    const folder = await mkdtemp(join(tmpdir(), 'dran-dist-'));
    scratch.push(folder);
    expect(await distFacts(folder)).toMatchObject({ files: 0, build: null });
  });
});

const MIB = 1024 * 1024;
const FITTING: DistFacts = {
  files: 100,
  folders: 5,
  bytes: MIB,
  largest: { path: 'social/status.png', bytes: 1000 },
  fullest: { path: 'incidents', files: 90 },
  build: { built: NOW, hash: 'a', nextChange: null, url: 'https://status.moor.example' },
};

async function limits(config: string, dist: Partial<DistFacts>, zone?: string[]) {
  const findings = await examine({
    config: `dependencies: { Site: www.other.test }\n${config}`,
    ...(zone === undefined ? {} : { zone: ['www.other.test 60 A 192.0.2.1', ...zone] }),
    rest: { dist: { ...FITTING, ...dist } },
  });
  return findings.filter(({ code }) => code === 'host-limit');
}

const why = async (...world: Parameters<typeof limits>) =>
  (await limits(...world)).map((finding) => `${finding.severity}: ${finding.why}`);

describe('the limits of a host', () => {
  test.each([
    [
      'Cloudflare Pages by a mirror',
      'mirrors: ["https://moor.pages.dev"]',
      { files: 20_001 },
      'risk: The page has 20,001 files; Cloudflare Pages takes 20,000 files. Paid plans take 100,000 files. The next deployment fails there.',
    ],
    [
      'Cloudflare Pages by a command',
      'targets: [{ command: "npx wrangler pages deploy {dir}" }]',
      { largest: { path: 'video.mp4', bytes: 26 * MIB } },
      'risk: video.mp4 has 27 MB; Cloudflare Pages takes 26 MB a file. Paid plans take 100,000 files. The next deployment fails there.',
    ],
    [
      'GitHub Pages by a branch',
      'targets: [{ git: "git@github.com:moor/status.git" }]',
      { bytes: 850_000_000 },
      'hint: The page has 850 MB; GitHub Pages takes 1,000 MB.',
    ],
    [
      'GitLab Pages by its address',
      'targets: [{ git: "https://git.moor.test/status.git", url: "https://moor.gitlab.io" }]',
      { files: 250_000 },
      'risk: The page has 250,000 files; GitLab Pages takes 200,000 files. Folders count as files. The next deployment fails there.',
    ],
    [
      'Netlify by a command',
      'targets: [{ command: "npx netlify deploy --prod --dir {dir}" }]',
      { fullest: { path: '', files: 54_001 } },
      'risk: The topmost folder holds 54,001 files; Netlify takes 54,000 files a folder. The next deployment fails there.',
    ],
    [
      'Codeberg Pages by a branch',
      'targets: [{ git: "ssh://git@codeberg.org/moor/pages.git" }]',
      { bytes: 900 * MIB },
      'risk: The page has 944 MB; Codeberg Pages takes 786 MB. That is for all repositories of an account with their history; ask for more before it is needed. The next deployment fails there.',
    ],
  ])('%s', async (_what, config, dist, expected) => {
    expect(await why(config, dist)).toEqual([expected]);
    expect(await why(config, {})).toEqual([]);
  });

  test('hold for a name of one’s own that is an alias there', async () => {
    const zone = ['status.moor.example 60 CNAME moor.github.io', 'moor.github.io 60 A 185.199.108.153'];
    expect(await why('', { bytes: 2_000_000_000 }, zone)).toEqual([
      'risk: The page has 2,000 MB; GitHub Pages takes 1,000 MB. The next deployment fails there.',
    ]);
  });

  test('are told once for all hosts', async () => {
    const config = 'mirrors: ["https://moor.pages.dev", "https://moor2.pages.dev"]';
    expect((await limits(config, { files: 30_000 })).map(({ hosts }) => hosts)).toEqual([
      ['moor.pages.dev', 'moor2.pages.dev'],
    ]);
  });

  test('are not guessed for other hosts', async () => {
    const config =
      'targets: [{ rsync: "web@two.test:/srv" }, { rclone: "s3:github.com" }, { folder: /srv/github.com }]';
    expect(await why(config, { files: 10_000_000, bytes: 1e12 })).toEqual([]);
  });
});

describe('what was built here', () => {
  const codes = async (dist: DistFacts | null) =>
    (await examine({ config: 'dependencies: { Site: www.other.test }\n', rest: { dist } }))
      .filter(({ code }) => code !== 'no-mirror')
      .map(({ severity, code }) => `${severity} ${code}`);

  test('is missed where it is not there', async () => {
    expect(await codes(null)).toEqual(['hint no-build']);
    expect(await codes({ ...FITTING, build: null })).toEqual(['hint no-build']);
  });

  test('is passed over, with a word, where it was built for another page', async () => {
    const build = { ...FITTING.build!, url: 'https://other.example', nextChange: NOW - DAY };
    const findings = await examine({
      config: 'dependencies: { Site: www.other.test }\nmirrors: ["https://moor.pages.dev"]\n',
      rest: { dist: { ...FITTING, files: 30_000, build }, folder: '/srv/dist' },
    });
    expect(findings.map(({ code, why }) => `${code}: ${why}`)).toEqual([
      'no-build: /srv/dist was built for https://other.example, not for https://status.moor.example: whether the page fits its hosts was not checked.',
    ]);
  });

  test('is stale once it should have changed', async () => {
    const nextChange = (at: number) => ({
      ...FITTING,
      build: { ...FITTING.build!, built: NOW - DAY, nextChange: at },
    });
    expect(await codes(nextChange(NOW - 1))).toEqual(['hint stale-build']);
    expect(await codes(nextChange(NOW + DAY))).toEqual([]);
  });
});
