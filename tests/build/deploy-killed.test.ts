import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import {
  type DeployGround,
  groundWith,
  putBuild,
  runDeploy,
  serveFiles,
  startDeploy,
  writeTargets,
} from './deploy-ground.ts';
import { filesBelow } from './harness.ts';
import { referencesOf } from './references.ts';
import { environment } from './scratch-repository.ts';

const END = '<!-- whole -->';

/** A site of many pages; from one generation to the next some come, some go, and all others change. */
function generation(number: number, address: string): Record<string, string> {
  const reports = Array.from({ length: 40 }, (_, at) => `incidents/${number + at}.html`);
  const filler = `generation ${number} `.repeat(300 + 37 * (number % 7));
  const page = (links: string[]) =>
    `<!doctype html><p>${filler}</p>${links.map((to) => `<a href="${to}">${to}</a>`).join('')}${END}`;
  const items = reports.map((path) => `<item><link>${address}/${path}</link></item>`).join('');
  const feed = `<?xml version="1.0"?><rss><channel><title>${filler}</title>${items}</channel></rss>`;
  const own = reports.map((path): [string, string] => [
    path,
    page([`../social/${path.slice(10, -5)}.svg`, '../index.html', '../history/index.html']),
  ]);
  const cards = reports.map((path): [string, string] => [
    `social/${path.slice(10, -5)}.svg`,
    `<svg>${filler}</svg>`,
  ]);
  return {
    ...Object.fromEntries([...own, ...cards]),
    [`history/${number}.html`]: page(reports.map((path) => `../${path}`)),
    'history/index.html': page([`${number}.html`]),
    'rss.xml': feed,
    'en/rss.xml': feed,
    'en/index.html': page(['rss.xml', '../index.html', ...reports.map((path) => `../${path}`)]),
    'index.html': page(['rss.xml', 'en/index.html', 'history/index.html', ...reports]),
  };
}

/** Reads pages as people and feed readers do, following each link at once, until told to stop. */
function startReading(url: string): { stop: () => Promise<{ read: number; lost: string[] }> } {
  let reading = true;
  let read = 0;
  const lost: string[] = [];
  const get = async (path: string, from: string): Promise<string> => {
    const response = await fetch(`${url}/${path}`);
    const text = await response.text();
    read += 1;
    if (!response.ok) lost.push(`${from} links to ${path}, which is missing`);
    return response.ok ? text : '';
  };
  const feedLinks = (path: string, text: string): string[] => {
    if (text === '') return [];
    if (XMLValidator.validate(text) !== true) lost.push(`${path} is cut off`);
    const items: { link: string }[] = new XMLParser().parse(text).rss?.channel?.item ?? [];
    return items.map(({ link }) => new URL(link).pathname.slice(1));
  };
  const pageLinks = (path: string, text: string): string[] => {
    if (text !== '' && !text.endsWith(END)) lost.push(`${path} is cut off`);
    return referencesOf(text).map((one) => new URL(one.url, `${url}/${path}`).pathname.slice(1));
  };
  const done = (async () => {
    while (reading) {
      const seen = new Set(['index.html']);
      const follow = async (path: string, from: string, depth: number): Promise<void> => {
        const text = await get(path, from);
        if (path.endsWith('.svg') && text !== '' && !text.endsWith('</svg>')) lost.push(`${path} is cut off`);
        const links = path.endsWith('.xml')
          ? feedLinks(path, text)
          : path.endsWith('.html')
            ? pageLinks(path, text)
            : [];
        // A reader who comes from far down has seen deployments come and go; here each link is taken at once.
        for (const link of links) {
          if (!reading || seen.has(link)) continue;
          seen.add(link);
          if (depth > 0) await follow(link, path, depth - 1);
          else await get(link, path);
        }
      };
      await follow('index.html', 'the address', 1);
    }
  })();
  return {
    async stop() {
      reading = false;
      await done;
      return { read, lost };
    },
  };
}

/** Kills deployments of one generation after the other at random moments; now and then one comes to its end. */
async function killAgainAndAgain(ground: DeployGround, address: string, times: number): Promise<string[]> {
  await putBuild(ground, generation(0, address));
  const from = performance.now();
  expect((await runDeploy(ground)).code).toBe(0);
  const usual = performance.now() - from;
  const moments: string[] = [];
  for (let round = 1; round <= times; round++) {
    // Often the same is tried again, as people do.
    if (round % 3 !== 2) await putBuild(ground, generation(round, address));
    const moment = usual * (0.25 + Math.random());
    const running = startDeploy(ground);
    const killed = await Promise.race([pause(moment, true), running.end.then(() => false)]);
    running.process.kill('SIGKILL');
    await running.end;
    moments.push(`${round}: ${killed ? 'killed' : 'ended'} at ${moment.toFixed(0)} ms`);
  }
  return moments;
}

describe('a deployment that is killed', () => {
  it('to a folder, twenty times, never leads a reader astray, and then completes', async () => {
    const ground = await groundWith(['{ folder: ../disk, name: disk }']);
    const disk = join(ground.folder, 'disk');
    const { url, close } = await serveFiles(disk);
    try {
      await putBuild(ground, generation(0, url));
      await runDeploy(ground);
      const reader = startReading(url);
      const moments = await killAgainAndAgain(ground, url, 20);
      const { read, lost } = await reader.stop();
      expect(lost, moments.join('\n')).toEqual([]);
      expect(read).toBeGreaterThan(200);
      expect(moments.filter((moment) => moment.includes('killed')).length).toBeGreaterThan(3);
      const last = await putBuild(ground, generation(21, url));
      expect((await runDeploy(ground)).code).toBe(0);
      expect((await runDeploy(ground)).code).toBe(0);
      expect(await filesBelow(disk)).toEqual([...Object.keys(last), '.dran/deployed.json'].sort());
    } finally {
      close();
    }
  });

  it('to a git branch, leaves a whole page there, and then completes', async () => {
    const ground = await groundWith([]);
    const { git, repository } = await bareRepository(ground);
    await writeTargets(ground, [`{ git: ${repository}, name: pages }`]);
    await killAgainAndAgain(ground, 'https://status.nordhost.example', 6);
    const commits = (await git('rev-list', 'pages')).split('\n');
    for (const commit of commits) {
      const paths = (await git('ls-tree', '-r', '--name-only', commit)).split('\n');
      const start = await git('show', `${commit}:index.html`);
      for (const { url } of referencesOf(start)) expect(paths).toContain(url);
    }
    const last = await putBuild(ground, generation(9, 'https://status.nordhost.example'));
    expect((await runDeploy(ground)).code).toBe(0);
    expect((await runDeploy(ground)).code).toBe(0);
    const paths = (await git('ls-tree', '-r', '--name-only', 'pages')).split('\n').sort();
    expect(paths).toEqual([...Object.keys(last), '.dran/deployed.json'].sort());
  });
});

async function bareRepository({ folder }: DeployGround) {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const repository = join(folder, 'pages.git');
  const run = promisify(execFile);
  const git = async (...args: string[]) =>
    (await run('git', ['-C', repository, ...args], { env: environment(), maxBuffer: 1e8 })).stdout.trim();
  await run('git', ['init', '-q', '--bare', repository], { env: environment() });
  return { repository, git };
}
