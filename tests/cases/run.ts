import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSite } from '../../src/content/read-site.ts';
import { deriveStatus } from '../../src/domain/status.ts';
import type { Case } from './case.ts';
import { judge } from './judge.ts';

/**
 * `STATUS_CASES=DIR npm run test:cases`: reads every case of DIR (a folder each, one `status.config.yml` and one
 * `expected.json` for all) as a site of its own, prints a line a case, and exits with 1 where one fails.
 */
async function run(folder: string): Promise<boolean> {
  const cases = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Case[];
  const named = new Set(cases.map((one) => one.case));
  const scratch = await mkdtemp(join(tmpdir(), 'cases-'));
  let failed = 0;
  try {
    for (const one of cases) {
      const site = join(scratch, one.case);
      await mkdir(site);
      await cp(join(folder, 'status.config.yml'), join(site, 'status.config.yml'));
      await cp(join(folder, one.case), join(site, 'incidents'), { recursive: true });
      const now = Date.parse(one.now);
      const reading = await readSite(site, now);
      const reasons = judge(one, reading, deriveStatus(reading.site, reading.incidents, now));
      process.stdout.write(
        `${reasons.length === 0 ? 'PASS' : 'FAIL'} ${one.case}${reasons.map((reason) => `\n     ${reason}`).join('')}\n`,
      );
      if (reasons.length > 0) failed += 1;
    }
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || named.has(entry.name)) continue;
      process.stdout.write(`FAIL ${entry.name}\n     expected.json says nothing about this folder\n`);
      failed += 1;
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  process.stdout.write(`${cases.length - failed} of ${cases.length} cases pass.\n`);
  return failed === 0;
}

const folder = process.env.STATUS_CASES;
if (folder === undefined || folder === '') {
  process.stderr.write('Name the folder of cases: STATUS_CASES=DIR npm run test:cases\n');
  process.exitCode = 2;
} else process.exitCode = (await run(folder)) ? 0 : 1;
