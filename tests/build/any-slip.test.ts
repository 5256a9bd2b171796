import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSite } from '../../src/content/read-site.ts';
import { slip, slipped } from '../unit/content/slips.ts';
import { buildSite, NOW } from './harness.ts';

const ROOT = join(import.meta.dirname, '../..');
const POWER = '2026-11-21-stromausfall-dresden';

it('slips in forty files: all forty are on the page, and it is not green', async () => {
  const good = await readFile(join(ROOT, `incidents/${POWER}.md`), 'utf8');
  const config = await readFile(join(ROOT, 'status.config.yml'), 'utf8');
  const made = fc.sample(fc.array(slip, { minLength: 1, maxLength: 4 }), { numRuns: 40, seed: 3 });
  const files = made.map((slips, i): [string, string] => [
    `incidents/${POWER}-${i}.md`,
    slips.reduce(slipped, good).toWellFormed(),
  ]);
  const built = await buildSite({ 'status.config.yml': config, ...Object.fromEntries(files) });
  expect(built).toMatchObject({ code: 0, stderr: '' });

  const home = (await readFile(join(built.outDir, 'index.html'), 'utf8')).replace(/<wbr>|&#\d+;|&\w+;/g, '');
  const { incidents } = await readSite(built.folder, Date.parse(NOW));
  expect(incidents).toHaveLength(40);
  for (const { slug } of incidents) {
    expect(home).toContain(`incidents/${slug}.html`);
    const page = await readFile(join(built.outDir, `incidents/${slug}.html`), 'utf8');
    expect(page.match(/<h1[^>]*>([\s\S]*?)<\/h1>/)?.[1]?.replace(/<[^>]*>/g, '')).toMatch(/\S/);
  }
  expect(home).not.toContain('Alles läuft');
});
