import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cacheFolderOf } from '../../src/build/site-cache.ts';
import {
  copyRepository,
  filesBelow,
  makeSite,
  runBuild,
  snapshot,
  type TestSite,
  temporaryFolder,
  writeFiles,
} from '../build/harness.ts';

const ROUNDS = Number(process.env.CACHE_ROUNDS || 5);
const SEED = Number(process.env.CACHE_SEED || 1);

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: de
languages: [de]
components:
  - { id: mail, name: Mail }
  - { id: api, name: API }
authors: { tb: Tanja B. }
`;

/** Made last, and fails when asked to: by then Astro has put new pages of this build into its cache. */
const LAST_ROUTE = `export function getStaticPaths() {
  return [{ params: { lang: undefined, rest: 'last' } }];
}
export function GET() {
  if (process.env.TEST_FAIL) throw new Error('this route was asked to fail');
  return new Response('last');
}
`;

const NAMES = ['2026-11-21-power', '2026-05-20-mail', '2025-06-01-old'];
const STATUSES = ['investigating', 'identified', 'resolved', 'postmortem', 'identifyed'];
const BROKEN = [
  '',
  '---\ntitle: "x\n',
  '<<<<<<< HEAD\n',
  '---js\nmodule.exports = {}\n---\n',
  '\u0000\u0001',
];

function incident(name: string, status: string, text: string): string {
  const day = name.slice(0, 10);
  return `---
title: Störung ${name}
status: ${status}
components: { mail: major outage }
---

## ${day} 18:30 ${status} ^tb

${text}

## ${day} 18:05

We are on it.
`;
}

/** What happens between two builds. Numbers choose among what there is at that moment. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      which: fc.nat(),
      status: fc.constantFrom(...STATUSES),
      text: fc.constantFrom('One.', 'Two.', 'Three *words* more.'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      which: fc.nat(),
      to: fc.constantFrom(...NAMES.map((name) => `${name}-2`), ...NAMES),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('translate' as const),
      which: fc.nat(),
      text: fc.constantFrom('Eins.', 'Zwei.'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('break' as const),
      which: fc.nat(),
      text: fc.constantFrom(...BROKEN),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('revert' as const), to: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('config' as const),
      from: fc.constantFrom(
        'name: Nordhost',
        'name: Mail',
        'Tanja B.',
        'Europe/Berlin',
        'nordhost.example',
        '[de]',
        'language: de',
      ),
      to: fc.constantFrom(
        'name: Südhost',
        'name: Post',
        'T. Becker',
        'Asia/Tokyo',
        'suedhost.example',
        '[de, en]',
        'language: en',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('words' as const),
      from: fc.constantFrom('Resolved', 'Major outage', 'Monitoring'),
      to: fc.constantFrom('Done', 'Broken', 'Watching'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('time' as const), hours: fc.integer({ min: 1, max: 24 * 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('public' as const), text: fc.constantFrom('a', 'b', null) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('damage' as const),
      which: fc.nat(),
      how: fc.constantFrom('truncate', 'alter', 'swap', 'remove'),
      many: fc.integer({ min: 1, max: 20 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A build may fail after a step; what was done may even be undone before the next one succeeds. */
const round = fc.record({
  step,
  end: fc.oneof(
    { weight: 6, arbitrary: fc.constant('build' as const) },
    { weight: 1, arbitrary: fc.constant('fail, build' as const) },
    { weight: 1, arbitrary: fc.constant('fail, undo, build' as const) },
  ),
});
type Round = typeof round extends fc.Arbitrary<infer T> ? T : never;

async function live(rounds: Round[]): Promise<void> {
  const root = await copyRepository();
  await writeFiles(root, { 'src/pages/[...lang]/zz/[...rest].txt.ts': LAST_ROUTE });
  const site = await makeSite({
    'status.config.yml': CONFIG,
    ...Object.fromEntries(NAMES.map((name) => [`incidents/${name}.md`, incident(name, 'resolved', 'One.')])),
  });
  const walk = new Walk(root, site);
  await walk.build();
  for (const { step, end } of rounds) {
    await walk.take(step);
    if (end !== 'build') await walk.failToBuild();
    if (end === 'fail, undo, build') await walk.undo();
    await walk.build();
  }
}

it('an edit, an edit that fails and is undone, damaged pages, other words: each build is as a cold one', {
  timeout: 600_000,
}, async () => {
  const edit = { kind: 'edit', which: 1, status: 'resolved' } as const;
  await live([
    { step: { ...edit, text: 'Two.' }, end: 'build' },
    { step: { ...edit, text: 'One.' }, end: 'fail, undo, build' },
    { step: { ...edit, text: 'Two.' }, end: 'build' },
    { step: { kind: 'damage', which: 0, how: 'alter', many: 1000 }, end: 'build' },
    { step: { kind: 'damage', which: 0, how: 'swap', many: 1000 }, end: 'build' },
    { step: { kind: 'config', from: 'name: Mail', to: 'name: Post' }, end: 'build' },
  ]);
});

it(
  `whatever happened before, a build is as a cold one (${ROUNDS} rounds, seed ${SEED})`,
  {
    timeout: 60_000 + ROUNDS * 60_000,
  },
  () => live(fc.sample(round, { numRuns: ROUNDS, seed: SEED })),
);

/** What a cold build made, and a copy of the site that it was made from. */
interface Cold {
  made: Record<string, string>;
  folder: string;
}

/** One walk through a site's life: what was done, and the means to do more. */
class Walk {
  readonly #root: string;
  readonly #site: TestSite;
  readonly #pasts: string[] = [];
  readonly #colds = new Map<string, Cold>();
  readonly #story: string[] = [];
  #last: string | undefined;
  #now = Date.UTC(2026, 10, 21, 18, 40);

  constructor(root: string, site: TestSite) {
    this.#root = root;
    this.#site = site;
  }

  /** Builds, and compares with what a cold build of the same files elsewhere gives: they must agree in every byte. */
  async build(): Promise<void> {
    const run = await runBuild(this.#site, { root: this.#root, env: this.#env() });
    this.#story.push(/cards.*/.exec(run.stdout)?.[0] ?? 'no cards');
    expect([run.code, run.stderr], this.#told()).toEqual([0, '']);
    const { made, folder } = await this.#cold();
    expect(await snapshot(this.#site.outDir), this.#told()).toEqual(made);
    this.#last = folder;
  }

  /** What a cold build gives. A state that was built cold before is not built again. */
  async #cold(): Promise<Cold> {
    const words = await readFile(join(this.#root, 'src/i18n/en.json'), 'utf8');
    const state = JSON.stringify([await snapshot(this.#site.folder), words, this.#now]);
    const known = this.#colds.get(state);
    if (known !== undefined) return known;
    const folder = await temporaryFolder();
    const copy = { folder: join(folder, 'site'), outDir: join(folder, 'dist') };
    await cp(this.#site.folder, copy.folder, { recursive: true });
    const run = await runBuild(copy, { root: this.#root, env: this.#env() });
    expect(run.stdout, this.#told()).toMatch(/ 0 reused/);
    const made = await snapshot(copy.outDir);
    await rm(await cacheFolderOf(this.#root, copy.folder), { recursive: true, force: true });
    await rm(copy.outDir, { recursive: true });
    this.#pasts.push(copy.folder);
    const cold = { made, folder: copy.folder };
    this.#colds.set(state, cold);
    return cold;
  }

  /** A build that fails after most pages are made. The output must stay as it was. */
  async failToBuild(): Promise<void> {
    this.#story.push('a build fails');
    const before = await snapshot(this.#site.outDir);
    const env = { ...this.#env(), TEST_FAIL: '1' };
    const run = await runBuild(this.#site, { root: this.#root, env });
    expect([run.code, await snapshot(this.#site.outDir)], this.#told()).toEqual([1, before]);
  }

  /** Puts the files of the site back to what they were at the last build that succeeded. */
  async undo(): Promise<void> {
    this.#story.push('undone');
    await this.#goTo(this.#last);
  }

  async #goTo(past: string | undefined): Promise<void> {
    if (past === undefined) return;
    await rm(this.#site.folder, { recursive: true });
    await cp(past, this.#site.folder, { recursive: true });
  }

  async take(step: Step): Promise<void> {
    this.#story.push(JSON.stringify(step));
    const folder = join(this.#site.folder, 'incidents');
    const names = (await readdir(folder)).sort();
    const pick = (which: number) => names[which % Math.max(1, names.length)] ?? `${NAMES[0]}.md`;
    switch (step.kind) {
      case 'edit': {
        const name = NAMES[step.which % NAMES.length] ?? '';
        await writeFile(join(folder, `${name}.md`), incident(name, step.status, step.text));
        return;
      }
      case 'translate': {
        const name = NAMES[step.which % NAMES.length] ?? '';
        const text = `---\ntitle: Trouble\n---\n\n## ${name.slice(0, 10)} 18:30\n\n${step.text}\n`;
        await writeFile(join(folder, `${name}.en.md`), text);
        return;
      }
      case 'rename':
        if (names.length > 0) await rename(join(folder, pick(step.which)), join(folder, `${step.to}.md`));
        return;
      case 'delete':
        await rm(join(folder, pick(step.which)), { force: true });
        return;
      case 'break':
        await writeFile(join(folder, pick(step.which)), step.text);
        return;
      case 'revert':
        await this.#goTo(this.#pasts[step.to % Math.max(1, this.#pasts.length)]);
        return;
      case 'config':
        await this.#swapWords(join(this.#site.folder, 'status.config.yml'), step.from, step.to);
        return;
      case 'words':
        await this.#swapWords(join(this.#root, 'src/i18n/en.json'), `"${step.from}"`, `"${step.to}"`);
        return;
      case 'time':
        this.#now += step.hours * 3_600_000;
        return;
      case 'public':
        if (step.text === null) await rm(join(this.#site.folder, 'public'), { recursive: true, force: true });
        else await writeFiles(this.#site.folder, { 'public/notes.txt': step.text });
        return;
      case 'damage':
        await this.#damage(step.which, step.how, step.many);
    }
  }

  /** Puts one text in the place of another, or back where it is there already. */
  async #swapWords(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(file, 'utf8').catch(() => '');
    await writeFile(file, text.includes(from) ? text.replace(from, to) : text.replace(to, from));
  }

  /** Damages files of the cache: `many` pages and pictures from `which` on, or one file of any kind. */
  async #damage(which: number, how: string, many: number): Promise<void> {
    const folder = await cacheFolderOf(this.#root, this.#site.folder);
    const files = await filesBelow(folder);
    const pages = files.filter((path) => path.includes('/dist/'));
    const pool = many > 1 ? pages : files;
    for (let index = 0; index < Math.min(many, pool.length); index += 2) {
      const at = (offset: number) => join(folder, pool[(which + index + offset) % pool.length] ?? '');
      const bytes = await readFile(at(0));
      if (how === 'remove') await rm(at(0));
      else if (how === 'truncate') await writeFile(at(0), bytes.subarray(0, bytes.length >> 1));
      else if (how === 'alter') await writeFile(at(0), Buffer.concat([bytes, Buffer.from(' ')]));
      else {
        await writeFile(at(0), await readFile(at(1)));
        await writeFile(at(1), bytes);
      }
    }
  }

  #env(): Record<string, string> {
    return { STATUS_NOW: new Date(this.#now).toISOString() };
  }

  #told(): string {
    return `after ${this.#story.join(', ')}`;
  }
}
