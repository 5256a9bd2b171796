import { cp, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { CONFIG_FILE } from '../content/site-config.ts';
import { nearest } from '../content/suggest.ts';
import { type FirstSite, firstConfig, firstConfigFaults } from '../write/first-config.ts';
import { DEMO_FOLDER, type Holdings, holdingsOf, moveDemo } from './demo/demo-site.ts';
import { readFlags } from './flags.ts';
import { askLine } from './operator/ask.ts';
import { atTerminal } from './operator/at-terminal.ts';
import { Cancelled } from './operator/cancelled.ts';
import { makeContentFolder } from './operator/content-folder.ts';
import { originOf } from './operator/editor-link.ts';
import { CI_GUIDES, CI_SYSTEMS, type CiSystem, recipeFiles } from './operator/recipe-files.ts';
import type { Surroundings } from './operator/surroundings.ts';
import { createFile } from './operator/whole-file.ts';

const HELP = `Makes the status page yours: writes ${CONFIG_FILE} and moves the demonstration to ${DEMO_FOLDER}/.

Usage: npm run init [-- FLAGS]

  --name TEXT          who speaks on the page
  --url URL            where readers will find it: https://status.example.com
  --timezone ZONE      an IANA name (else: this machine's)
  --language TAGS      the site's language; several: de,en (else: this machine's)
  --components NAMES   what customers use: "Web hosting, Mail, API",
                       with headings: "Dresden: Web hosting, Mail; Leipzig: Backups; API"
  --ci NAME            also writes the files of a CI system that checks, builds and publishes: github, gitlab,
                       forgejo or woodpecker; alone, where there is a config of yours: adds just these
  --content DIR        makes DIR a content repository: a site alone, with a package.json that names the release of
                       Dran to build it, a README, and the files of a CI system (else: github). What is there stays
  --dran URL           for --content: where Dran is cloned from (else: where this clone came from)
  --force              go on where incidents or a config of yours are there: incidents stay as they are,
                       the config is kept as ${CONFIG_FILE}.old
  --help               print this

Examples:
  npm run init
  npm run init -- --name "Example Hosting" --url status.example.com --components "Web hosting, Mail"
  STATUS_SITE=../our-status npm run init -- --name Example --url https://status.example.com --language de,en
  npm run init -- --content ../our-status --ci forgejo

What is missing is asked for on a terminal. Elsewhere --name and --url must be given.

Environment:
  STATUS_SITE   the site's folder, made where it is not there (else: this repository)

Exits with 0; with 1 where something stands in the way (then nothing is changed) or can't be written; with 2 for
wrong usage; with 130 where somebody broke off.
`;

const ROOT = resolve(import.meta.dirname, '../..');
const TEMPLATES = 'incidents/_templates';

/** Runs \`init\`; gives its exit code. */
export async function init(around: Surroundings): Promise<number> {
  const { print, printError } = around;
  const flags = readFlags(around.args, {
    name: { type: 'string' },
    url: { type: 'string' },
    timezone: { type: 'string' },
    language: { type: 'string' },
    components: { type: 'string' },
    ci: { type: 'string' },
    content: { type: 'string' },
    dran: { type: 'string' },
    force: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (!flags.ok) return misused(flags.message, around);
  if (flags.values.help) {
    print(HELP);
    return 0;
  }
  try {
    const { force = false, help: _, ci: wanted, content, dran, ...given } = flags.values;
    const ci = wanted === undefined ? null : ciNamed(wanted);
    if (typeof ci === 'string' && !isCi(ci)) return misused(ci, around);
    if (content !== undefined) {
      if (force) return misused('--force has no use with --content: what is there stays.', around);
      return await settleContent(resolve(content), given, { ci: ci ?? 'github', dran }, around);
    }
    if (dran !== undefined) return misused('--dran belongs to --content.', around);
    if (ci !== null && around.site !== ROOT) {
      return misused(
        '--ci alone is for a copy of Dran with the site in it. For a folder of its own: --content DIR --ci …',
        around,
      );
    }
    const holdings = await holdingsOf(around.site);
    if (ci !== null && holdings.config && !force && Object.keys(given).length === 0) {
      return await addRecipe(around.site, ci, around);
    }
    const site = await answered(given, around, () => refusal(holdings, force));
    if (typeof site === 'string') return misused(site, around);
    return await settle(site, holdings, { force, ci }, around);
  } catch (cause) {
    if (cause instanceof Cancelled) {
      printError('Broken off: nothing was written.\n');
      return 130;
    }
    if (cause instanceof InTheWay) {
      printError(`${cause.message} Nothing was changed.\n`);
      return 1;
    }
    printError(
      `${cause instanceof Error ? cause.message : String(cause)}\nRun npm run init again to go on.\n`,
    );
    return 1;
  }
}

/** Something that is not ours to change. */
class InTheWay extends Error {}

function misused(message: string, { printError }: Surroundings): number {
  printError(`${message}\nNothing was written. npm run init -- --help says how it is used.\n`);
  return 2;
}

function isCi(name: string): name is CiSystem {
  return (CI_SYSTEMS as readonly string[]).includes(name);
}

/** The CI system of that name, or a sentence. */
function ciNamed(name: string): string {
  const word = name.trim().toLowerCase();
  if (isCi(word)) return word;
  const near = nearest(word, CI_SYSTEMS);
  return `--ci: There is no recipe for "${name}". ${near === null ? `There are: ${CI_SYSTEMS.join(', ')}.` : `Did you mean ${near}?`}`;
}

/** Makes `folder` a content repository. */
async function settleContent(
  folder: string,
  given: Parameters<typeof answered>[0],
  { ci, dran }: { ci: CiSystem; dran: string | undefined },
  around: Surroundings,
): Promise<number> {
  if (`${folder}${sep}`.startsWith(`${ROOT}${sep}`)) {
    throw new InTheWay(`${folder} lies in Dran itself: a content repository is a folder of its own.`);
  }
  const found = await stat(folder).catch(() => null);
  if (found !== null && !found.isDirectory()) throw new InTheWay(`${folder} is no folder.`);
  const source = found === null ? null : await originOf(folder);
  const known = dran ?? (await originOf(ROOT));
  if (known === null && !around.isTerminal) {
    return misused(
      '--dran is missing: the address that Dran is cloned from. This clone does not tell, its origin is on no host.',
      around,
    );
  }
  const hasConfig = (await stat(join(folder, CONFIG_FILE)).catch(() => null)) !== null;
  const site = hasConfig ? null : await answered(given, around, () => null, source);
  if (typeof site === 'string') return misused(site, around);
  const settled =
    known ??
    (await askLine('Where can a machine without a key clone Dran from?', {
      placeholder: 'https://codeberg.org/you/dran',
      check: (text) => (/^(?!-)\S+$/.test(text.trim()) ? null : 'Write an address.'),
    }));
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const plan = { root: ROOT, folder, site, source, dran: settled.trim(), tag: `v${version}`, ci };
  return makeContentFolder(plan, around);
}

/** What the flags say, the rest asked for; a sentence where that can't be used. */
async function answered(
  given: { [K in keyof Omit<FirstSite, 'languages' | 'source'>]?: string | undefined } & {
    language?: string | undefined;
  },
  { isTerminal, env }: Surroundings,
  beforeAsking: () => string | null,
  source: string | null = null,
): Promise<FirstSite | string> {
  const site: FirstSite = {
    name: given.name ?? '',
    url: given.url ?? '',
    timezone: given.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    languages: tagsOf(given.language ?? (/^de/i.test(env.LC_ALL || env.LANG || '') ? 'de' : 'en')),
    components: given.components ?? '',
    source,
  };
  const known = {
    name: 'Example',
    url: 'https://status.example.com',
    timezone: 'UTC',
    languages: ['en'],
    components: '',
    source: null,
  };
  const wrong = (part: Partial<FirstSite>) => firstConfigFaults({ ...known, ...part })[0] ?? null;
  const check = (key: 'name' | 'url' | 'timezone' | 'components') => (text: string) =>
    (key === 'name' || key === 'url') && text.trim() === ''
      ? 'Write at least a word.'
      : wrong({ [key]: text });

  for (const key of ['name', 'url', 'timezone', 'components'] as const) {
    if (given[key] === undefined) continue;
    const fault = check(key)(given[key]);
    if (fault !== null) return `--${key}: ${fault}`;
  }
  const language = wrong({ languages: site.languages });
  if (language !== null) return `--language: ${language}`;
  if (!isTerminal) {
    const missing = (['name', 'url'] as const).find((key) => given[key] === undefined);
    return missing === undefined ? site : `--${missing} is missing.`;
  }
  const inTheWay = beforeAsking();
  if (inTheWay !== null) throw new InTheWay(inTheWay);
  const ask = async (
    key: 'name' | 'url' | 'timezone' | 'components',
    question: string,
    placeholder: string,
  ) => {
    if (given[key] !== undefined) return;
    const initial = site[key] === '' ? {} : { initial: site[key] };
    site[key] = await askLine(question, { placeholder, check: check(key), ...initial });
  };
  await ask('name', 'Who speaks on the page?', 'Example Hosting');
  await ask('url', 'Where will readers find it?', 'https://status.example.com');
  await ask('timezone', 'In which time zone are your times?', 'Europe/Berlin');
  if (given.language === undefined) {
    const tags = await askLine('In which language? Several are parted by commas, yours first.', {
      initial: site.languages.join(', '),
      check: (text) => wrong({ languages: tagsOf(text) }),
    });
    site.languages = tagsOf(tags);
  }
  await ask(
    'components',
    'What do your customers use? Parted by commas; with headings: "Dresden: Web hosting, Mail; API"',
    'Web hosting, Mail, API',
  );
  return site;
}

function tagsOf(text: string): string[] {
  const tags = text.split(/[\s,]+/).filter((tag) => tag !== '');
  return tags.length === 0 ? ['en'] : [...new Set(tags)];
}

function refusal({ incidents, config }: Holdings, force: boolean): string | null {
  if (force) return null;
  if (incidents[0] !== undefined) {
    const more = incidents.length === 1 ? '' : ` and ${incidents.length - 1} more`;
    return `This site holds incidents that are not the demonstration's: ${incidents[0]}${more}. With --force they stay where they are, and all else is done.`;
  }
  return config
    ? `There is a ${CONFIG_FILE} already, and it is not the demonstration's. With --force it is kept as ${CONFIG_FILE}.old.`
    : null;
}

async function settle(
  site: FirstSite,
  holdings: Holdings,
  { force, ci }: { force: boolean; ci: CiSystem | null },
  around: Surroundings,
): Promise<number> {
  const { site: folder, print } = around;
  const text = firstConfig(site);
  const target = join(folder, CONFIG_FILE);
  const before = await readFile(target, 'utf8').catch(() => null);
  const same = before === text;
  const inTheWay = same ? null : refusal(holdings, force);
  if (inTheWay !== null) throw new InTheWay(inTheWay);

  const done: string[] = [];
  await mkdir(join(folder, 'incidents'), { recursive: true });
  const blocked = await moveDemo(folder, holdings.demo);
  if (blocked !== null) {
    throw new InTheWay(
      `${blocked} can't go to ${DEMO_FOLDER}/${blocked}: another file is there. Move it away.`,
    );
  }
  if (holdings.demo.length > 0)
    done.push(`Moved: ${holdings.demo.length} files of the demonstration, to ${DEMO_FOLDER}/`);
  if (holdings.config && !same) {
    await rename(target, await freeName(`${target}.old`));
    done.push(`Kept: the old config, as ${CONFIG_FILE}.old`);
  }
  if (!same) {
    if (!(await createFile(target, Buffer.from(text))))
      throw new Error(`${CONFIG_FILE} has come in between.`);
    done.push(`Written: ${CONFIG_FILE}`);
  }
  const names = await readdir(join(folder, TEMPLATES)).catch(() => []);
  if (names.length === 0) {
    await cp(join(ROOT, TEMPLATES), join(folder, TEMPLATES), { recursive: true });
    done.push(`Copied: the templates, to ${TEMPLATES}/`);
  }
  print(done.length === 0 ? 'All is as it should be; nothing to do.\n' : `${done.join('\n')}\n`);
  if (done.length > 0)
    print(`\nNext: npm run build shows an empty page, npm run new writes the first incident.\n`);
  return ci === null ? 0 : addRecipe(folder, ci, around);
}

/** Adds the files of a CI system that are not there yet; gives the exit code. */
async function addRecipe(folder: string, ci: CiSystem, { print }: Surroundings): Promise<number> {
  for (const [path, text] of Object.entries(await recipeFiles(ROOT, ci))) {
    const there = await readFile(join(folder, path), 'utf8').catch(() => null);
    if (there === null && (await createFile(join(folder, path), Buffer.from(text))))
      print(`Written: ${path}\n`);
    else if (there !== text) print(`Kept as it is: ${path}\n`);
  }
  print(`What to set up once at the repository's host: ${CI_GUIDES[ci]}\n`);
  return 0;
}

/** The path, or the first of `path2`, `path3` … that is free. */
async function freeName(path: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? path : `${path}${count}`;
    if ((await readFile(name).catch(() => null)) === null) return name;
  }
}

if (import.meta.main) process.exitCode = await init(atTerminal(ROOT));
