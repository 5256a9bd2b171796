import { expect, it } from 'vitest';
import { makeSite, runBuild, snapshot, type TestSite } from './harness.ts';
import { SAMPLE_SITE } from './sample-site.ts';

async function builtAt(site: TestSite, now: string) {
  const run = await runBuild(site, { env: { STATUS_NOW: now } });
  expect(run.code, run.stderr).toBe(0);
  return snapshot(site.outDir);
}

const changed = (before: Record<string, string>, after: Record<string, string>) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((path) => before[path] !== after[path]);

it('while nothing is written and no window begins or ends, time changes the start pages and build.json alone', async () => {
  const site = await makeSite(SAMPLE_SITE);
  const before = await builtAt(site, '2026-11-21T18:40:00Z');
  const after = await builtAt(site, '2026-11-21T18:50:00Z');
  expect(changed(before, after)).toEqual(['build.json', 'en/index.html', 'index.html']);
});

it('a new day changes besides only the pages of components, which tell of ninety days', async () => {
  const site = await makeSite(SAMPLE_SITE);
  const before = await builtAt(site, '2026-11-21T22:59:00Z');
  const after = await builtAt(site, '2026-11-21T23:01:00Z');
  const components = ['api', 'mail', 'rechenzentrum-dresden', 'webhosting'];
  expect(changed(before, after)).toEqual(
    [
      'build.json',
      ...['', 'en/'].flatMap((folder) => [
        `${folder}index.html`,
        ...components.map((id) => `${folder}components/${id}.html`),
      ]),
    ].sort(),
  );
});
