import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeployFailure } from '../../../src/deploy/failure.ts';
import { planDeployment } from '../../../src/deploy/plan.ts';
import { NO_RECORD, readRecord } from '../../../src/deploy/record.ts';
import { buildOf, type Contents, fileOf, Killed, publishTo } from './memory-store.ts';

/*
 * A page of these sites is the list of the paths that it links to, after a word that makes its content differ from
 * build to build. Readers know the start page, and follow links.
 */

const PATHS = [
  'index.html',
  'en/index.html',
  'history/index.html',
  'history/2026-11.html',
  'history/2026-12.html',
  'incidents/a.html',
  'incidents/b.html',
  'incidents/c.html',
  'incidents/d.html',
  'rss.xml',
  'en/rss.xml',
  'api/v2/incidents.json',
  'social/a.png',
  'social/b.png',
  'pictures/x.svg',
];

/** Files that lead their readers to others. */
const LEADS_ON = /\.(?:html|xml)$|^api\//;

type SiteFiles = Record<string, string>;

/** A whole site: each page links only to what the site has. */
const site: fc.Arbitrary<SiteFiles> = fc
  .record({
    paths: fc.subarray(PATHS.slice(1), { minLength: 1 }),
    links: fc.array(fc.array(fc.nat(), { maxLength: 5 }), {
      minLength: PATHS.length,
      maxLength: PATHS.length,
    }),
    // Few words, so that contents, and often their sizes, are the same from build to build.
    words: fc.array(fc.constantFrom('x', 'y', 'zz'), { minLength: PATHS.length, maxLength: PATHS.length }),
  })
  .map(({ paths, links, words }) => {
    const all = ['index.html', ...paths];
    const text = (path: string, at: number) => {
      const targets = LEADS_ON.test(path) ? links[at]!.map((one) => all[one % all.length]!) : [];
      return [words[at]!, ...targets].join(' ');
    };
    const files: SiteFiles = Object.fromEntries(all.map((path, at) => [path, text(path, at)]));
    return { ...files, 'build.json': JSON.stringify(files) };
  });

/** What readers find missing who begin at the start pages and follow every link. */
function missing(held: Contents): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = (path: string, from: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = held.get(path);
    if (text === undefined) found.push(`${from} links to ${path}`);
    else if (LEADS_ON.test(path)) for (const target of text.split(' ').slice(1)) visit(target, path);
  };
  if (held.has('index.html')) visit('index.html', 'the address');
  return found;
}

describe('a deployment', () => {
  it('never leads readers to a missing file, wherever it and those after it are killed', async () => {
    const step = fc.record({
      files: site,
      changes: fc.oneof(fc.nat(40), fc.constant(Number.POSITIVE_INFINITY)),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (steps, tellsDigests) => {
          const held: Contents = new Map();
          const onChange = (now: Contents) => expect(missing(now)).toEqual([]);
          for (const { files, changes } of steps) {
            await publishTo(held, files, { tellsDigests, changesLeft: changes, onChange }).catch(
              (error: unknown) => {
                if (!(error instanceof Killed)) throw error;
              },
            );
          }
        },
      ),
      { numRuns: 600 },
    );
  }, 60_000);

  it('shows the whole build in the end, whatever was killed before, and a second one leaves nothing else', async () => {
    const step = fc.record({ files: site, changes: fc.nat(40) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 5 }),
        site,
        fc.boolean(),
        async (steps, last, tellsDigests) => {
          const held: Contents = new Map([['.well-known/security.txt', 'of others']]);
          for (const { files, changes } of steps) {
            await publishTo(held, files, { tellsDigests, changesLeft: changes }).catch((error: unknown) => {
              if (!(error instanceof Killed)) throw error;
            });
          }
          await publishTo(held, last, { tellsDigests });
          for (const [path, text] of Object.entries(last)) expect(held.get(path), path).toBe(text);
          await publishTo(held, last, { tellsDigests });
          const others = [...held.keys()].filter((path) => !(path in last) && path !== '.dran/deployed.json');
          expect(others).toEqual(['.well-known/security.txt']);
          const third = await publishTo(held, last, { tellsDigests });
          expect([third.sent, third.removed]).toEqual([{ files: 0, bytes: 0 }, 0]);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it('says that everything is there only when it is', async () => {
    await fc.assert(
      fc.asyncProperty(site, site, async (first, second) => {
        const held: Contents = new Map();
        await publishTo(held, first);
        await publishTo(held, second, {
          onChange(now) {
            if (
              first['build.json'] === second['build.json'] ||
              now.get('build.json') !== second['build.json']
            )
              return;
            for (const [path, text] of Object.entries(second)) expect(now.get(path), path).toBe(text);
          },
        });
      }),
    );
  });
});

describe('of two deployments from two machines, each begins anew that was overtaken, so that the last to end', () => {
  const one = { 'index.html': 'one a.html', 'a.html': 'one', 'b.png': 'one', 'build.json': '1' };
  const two = { 'index.html': 'two', 'b.png': 'two', 'build.json': '2' };
  const shows = (held: Contents, files: SiteFiles) => {
    for (const [path, text] of Object.entries(files)) expect(held.get(path), path).toBe(text);
  };

  it('leaves no link to what the other one removed while it looked', async () => {
    const place: Contents = new Map();
    await publishTo(place, one);
    await publishTo(place, two);
    const late = publishTo(place, one, {
      async onLook() {
        await publishTo(place, two);
      },
    });
    await expect(late).rejects.toMatchObject({ overtaken: true });
    await publishTo(place, one);
    shows(place, one);
  });

  it.each([true, false])(
    'leaves its build whole where the other one goes on (digests: %s)',
    async (tellsDigests) => {
      const place: Contents = new Map();
      const how = { tellsDigests };
      await publishTo(place, one, how);
      let other: Promise<unknown> | null = null;
      const overtaken = publishTo(place, two, {
        ...how,
        async onSend() {
          // Comes to its end before this one sends what it has begun to.
          other ??= publishTo(place, { ...one, 'b.png': 'six' }, how);
          await other;
        },
      });
      await expect(overtaken).rejects.toMatchObject({ overtaken: true });
      await publishTo(place, { ...one, 'b.png': 'six' }, how);
      shows(place, { ...one, 'b.png': 'six' });
    },
  );

  it('finds at its end what the other one has written late', async () => {
    const place: Contents = new Map();
    await publishTo(place, one);
    await publishTo(place, two, {
      async onSend(files) {
        if (files.some(({ path }) => path === 'build.json')) place.set('b.png', 'one');
      },
    });
    shows(place, two);
  });

  it('keeps in doubt what a run had begun that never ended', async () => {
    const place: Contents = new Map();
    const how = { tellsDigests: false };
    await publishTo(place, one, how);
    // Killed when it has begun; what it had begun to send comes late.
    await publishTo(place, two, { ...how, changesLeft: 2 }).catch(() => {});
    await publishTo(place, one, how);
    place.set('b.png', 'two');
    await publishTo(place, one, how);
    shows(place, one);
  });

  it('is whole however they take turns', async () => {
    await fc.assert(
      fc.asyncProperty(
        site,
        site,
        site,
        fc.boolean(),
        fc.scheduler(),
        async (first, left, right, tellsDigests, turns) => {
          const place: Contents = new Map();
          await publishTo(place, first, { tellsDigests });
          let last: SiteFiles = first;
          const untilDone = async (files: SiteFiles) => {
            for (;;) {
              try {
                await publishTo(place, files, {
                  tellsDigests,
                  onLook: turns.scheduleFunction(async () => {}),
                  onSend: turns.scheduleFunction(async () => {}),
                });
                last = files;
                return;
              } catch (error) {
                if (!(error instanceof DeployFailure && error.overtaken)) throw error;
              }
            }
          };
          const both = Promise.all([untilDone(left), untilDone(right)]);
          await turns.waitFor(both);
          shows(place, last);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe('a plan', () => {
  const held = (files: SiteFiles) =>
    new Map(Object.entries(files).map(([path, text]) => [path, { size: fileOf(path, text).size }]));
  const waves = (files: SiteFiles, before: Contents) =>
    planDeployment(
      buildOf(files).files,
      held(Object.fromEntries([...before].filter(([path]) => !path.startsWith('.dran/')))),
      readRecord(before.get('.dran/deployed.json') ?? null),
    ).waves.map((wave) => `${wave.phase}: ${wave.files.map(({ path }) => path).join(' ')}`);

  it('sends new files before changed ones, pictures before pages, start pages late and build.json last', async () => {
    const before: Contents = new Map();
    await publishTo(before, {
      'index.html': '1',
      'rss.xml': '1',
      'history/index.html': '1',
      'build.json': '1',
      'a.png': '1',
    });
    const after = {
      'index.html': '22',
      'en/index.html': '2',
      'rss.xml': '22',
      'history/index.html': '22',
      'history/2026-11.html': '2',
      'incidents/a.html': '2',
      'social/a.png': '2',
      'a.png': '22',
      'build.json': '22',
    };
    expect(waves(after, before)).toEqual([
      'new: social/a.png',
      'new: history/2026-11.html incidents/a.html',
      'new: en/index.html',
      'changed: a.png',
      'changed: history/index.html',
      'changed: rss.xml',
      'changed: index.html',
      'changed: build.json',
    ]);
  });

  it('never removes what others put there, and takes over what it replaces', async () => {
    const place: Contents = new Map([
      ['index.html', 'theirs'],
      ['cv.pdf', 'theirs'],
    ]);
    for (const files of [
      { 'index.html': '1', 'a.html': '1' },
      { 'index.html': '2' },
      { 'index.html': '2' },
    ]) {
      await publishTo(place, files as SiteFiles);
    }
    expect([...place.keys()].sort()).toEqual(['.dran/deployed.json', 'cv.pdf', 'index.html']);
  });

  it('makes room where a file of its own stands in the place of a folder', async () => {
    const before: Contents = new Map();
    await publishTo(before, { 'index.html': '1', pictures: 'a file' });
    await publishTo(before, { 'index.html': '1', 'pictures/a.png': 'in a folder' });
    expect([...before.keys()].sort()).toEqual(['.dran/deployed.json', 'index.html', 'pictures/a.png']);
    await publishTo(before, { 'index.html': '1', pictures: 'a file' });
    expect([...before.keys()].sort()).toEqual(['.dran/deployed.json', 'index.html', 'pictures']);
  });

  it("does not take away somebody else's file that stands in its way", () => {
    const files = buildOf({ 'index.html': '1', 'pictures/a.png': '2' }).files;
    expect(() => planDeployment(files, held({ pictures: 'theirs' }), NO_RECORD)).toThrow(
      /pictures .* is not Dran's/,
    );
  });

  it('sends a file again of which a killed deployment may have changed the content', async () => {
    const place: Contents = new Map();
    const one = { 'index.html': 'one', 'a.html': 'one', 'build.json': '1' };
    const two = { 'index.html': 'two', 'a.html': 'two', 'build.json': '2' };
    await publishTo(place, one, { tellsDigests: false });
    // The record twice, then a.html.
    await publishTo(place, two, { tellsDigests: false, changesLeft: 3 }).catch(() => {});
    expect(place.get('a.html')).toBe('two');
    await publishTo(place, one, { tellsDigests: false });
    expect(place.get('a.html')).toBe('one');
  });

  it('does not send again what a killed deployment has written down as sent', async () => {
    const place: Contents = new Map();
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [`incidents/${at}.html`, `page ${at}`]),
    );
    const files = { ...many, 'index.html': 'start', 'build.json': '1' };
    await publishTo(place, files, { tellsDigests: false, changesLeft: 700 }).catch(() => {});
    const again = await publishTo(place, files, { tellsDigests: false });
    expect(again.sent?.files).toBeLessThan(1002 - 500);
    expect(again.sent?.files).toBeGreaterThan(0);
  });

  it('keeps a page that the deployment before had until the next one', async () => {
    const place: Contents = new Map();
    await publishTo(place, { 'index.html': 'start a.html', 'a.html': 'a' });
    await publishTo(place, { 'index.html': 'start' });
    expect(place.has('a.html')).toBe(true);
    await publishTo(place, { 'index.html': 'start again' });
    expect(place.has('a.html')).toBe(false);
  });
});
