import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type Ended, plainEnvironment, run } from './processes.ts';

/** How many states the site of the drills goes through before it begins again. */
export const GENERATIONS = 8;

/** Where the site of the drills says that it lies. */
export const SITE_URL = 'https://status.nordhost.example';

/** The instant that stands for the clock, where a drill does not move it. */
export const NOW = '2026-11-21T18:40:00Z';

/** A site's files by path. `hosting` are lines of the config, such as its targets. */
export function siteFiles(generation: number, hosting = ''): Record<string, string> {
  const files: Record<string, string> = {
    'status.config.yml': `name: Nordhost
url: ${SITE_URL}
timezone: Europe/Berlin
language: de
languages: [de, en]
components: [{ id: web, name: Web }, { id: mail, name: Mail }]
authors: { tb: Tanja B. }
${hosting}`,
    'incidents/2026-11-21-power.md': incident('Power failure', 'critical', [
      ['2026-11-21 18:30', 'identified ^tb', `State ${generation} of the repair. ![Plan](pictures/plan.svg)`],
      ['2026-11-21 18:05', 'investigating', 'We are on it.'],
    ]),
    'public/pictures/plan.svg': picture(generation),
  };
  // Pages, pictures, cards and a month of the history that only this generation has, most of them linked from the
  // start page.
  const own = [
    `2026-0${generation + 1}-11`,
    ...Array.from({ length: 5 }, (_, index) => `2026-11-${16 + (index % 4)}`),
  ];
  for (const [index, day] of own.entries()) {
    const name = `case-${generation}-${index}`;
    files[`incidents/${day}-${name}.md`] = incident(`Case ${generation}.${index}`, 'minor', [
      [`${day} 12:00`, 'resolved', `Mended. ![Photo](pictures/${name}.svg)`],
      [`${day} 10:00`, 'investigating', 'Mail is slow.'],
    ]);
    files[`public/pictures/${name}.svg`] = picture(generation * 10 + index + 10);
  }
  for (let day = 10; day < 16; day++) {
    files[`incidents/2026-11-${day}-old.md`] = incident(`Old case of the ${day}th`, 'major', [
      [`2026-11-${day} 12:00`, 'resolved', 'Mended.'],
      [`2026-11-${day} 10:00`, 'investigating', 'Mail is slow.'],
    ]);
  }
  return files;
}

function incident(
  title: string,
  impact: string,
  updates: [time: string, head: string, text: string][],
): string {
  const status = updates[0]![1].split(' ')[0];
  const body = updates.map(([time, head, text]) => `## ${time} ${head}\n\n${text}\n`).join('\n');
  return `---\ntitle: ${title}\nstatus: ${status}\nimpact: ${impact}\ncomponents: [mail]\n---\n\n${body}`;
}

function picture(seed: number): string {
  const marks = Array.from({ length: 40 }, (_, index) => `<path d="M${index} ${seed}h${index * seed}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">${marks.join('')}</svg>\n`;
}

/** Puts a site into `folder` and nothing else. */
export async function writeSite(folder: string, files: Record<string, string>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** What to build, and how. */
export interface BuildOrder {
  program: string;
  site: string;
  outDir: string;
  args?: string[];
  env?: Record<string, string>;
  killAfter?: number;
  killWhen?: Promise<unknown>;
  /** Put before the command, such as `unshare -n`. */
  within?: string[];
}

/** Runs the build command, as `npm run build` does. */
export async function build({ within = [], ...order }: BuildOrder): Promise<Ended> {
  const command = ['src/cli/build.ts', '--outDir', order.outDir, ...(order.args ?? [])];
  return run([...within, process.execPath, ...command], {
    cwd: order.program,
    env: {
      ...plainEnvironment(order.program),
      NODE_COMPILE_CACHE: join(order.program, '.cache/compiled-builds'),
      STATUS_SITE: order.site,
      STATUS_NOW: NOW,
      ...order.env,
    },
    killAfter: order.killAfter,
    killWhen: order.killWhen,
  });
}

/** Runs a build that must succeed; throws what it said otherwise. */
export async function mustBuild(order: BuildOrder): Promise<void> {
  const { code, stdout, stderr } = await build(order);
  if (code !== 0) throw new Error(`A build ended with ${code}: ${stdout}${stderr}`);
}

/** Paths of all files below a folder, with `/`, sorted. A missing folder has none. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** A folder's files: SHA-256 by path. */
export type Contents = Record<string, string>;

/** What a folder holds. */
export async function contentsOf(folder: string): Promise<Contents> {
  const found: Contents = {};
  for (const path of await filesBelow(folder)) found[path] = digestOf(await readFile(join(folder, path)));
  return found;
}

/** SHA-256 of bytes, in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** How a folder differs from what it should hold, as a few words; null where it does not. */
export function differenceOf(found: Contents, expected: Contents): string | null {
  const list = (word: string, paths: string[]) =>
    paths.length === 0
      ? []
      : [`${paths.length} ${word} (${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ' …' : ''})`];
  const words = [
    ...list(
      'missing',
      Object.keys(expected).filter((path) => !(path in found)),
    ),
    ...list(
      'left over',
      Object.keys(found).filter((path) => !(path in expected)),
    ),
    ...list(
      'different',
      Object.keys(found).filter((path) => path in expected && found[path] !== expected[path]),
    ),
  ];
  return words.length === 0 ? null : words.join(', ');
}

/** What deployments keep at a target besides the page, and what drills put on its disk. */
const NO_PAGE = /^\.dran\/[\w.-]+\.json$|^ballast$/;

/** What a target shows of the page: without the record that deployments keep there. */
export function pageOf(found: Contents): Contents {
  return Object.fromEntries(Object.entries(found).filter(([path]) => !NO_PAGE.test(path)));
}

/** The same without files that only `earlier` contents have: they stay until one deployment later. */
export function pageAfter(found: Contents, current: Contents, earlier: Contents): Contents {
  const stays = ([path, digest]: [string, string]) => !(path in current) && earlier[path] === digest;
  return Object.fromEntries(Object.entries(pageOf(found)).filter((entry) => !stays(entry)));
}
