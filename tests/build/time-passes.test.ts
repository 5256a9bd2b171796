import { expect, it } from 'vitest';
import { makeSite, runBuild, snapshot } from './harness.ts';
import { SAMPLE_SITE } from './sample-site.ts';

it('while nothing is written and no window begins or ends, time changes the start pages and build.json alone', async () => {
  const site = await makeSite(SAMPLE_SITE);
  const at = async (now: string) => {
    const run = await runBuild(site, { env: { STATUS_NOW: now } });
    expect(run.code, run.stderr).toBe(0);
    return snapshot(site.outDir);
  };
  const before = await at('2026-11-21T18:40:00Z');
  const after = await at('2026-11-21T18:50:00Z');
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  expect(paths.filter((path) => before[path] !== after[path])).toEqual([
    'build.json',
    'en/index.html',
    'index.html',
  ]);
});
