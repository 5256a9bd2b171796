import { fnv1a64 } from './fnv.ts';
import type { Incident } from './incident.ts';
import { isGroup, type Site } from './site.ts';

/** Two things that would have one id. */
export interface IdClash {
  /** What comes second, and so gets another id than its name alone would give. */
  what: { component: string } | { incident: string; update: string | null };
  /** Path below the incidents folder of the file that `what` stands in; null: the config. */
  path: string | null;
  /** The id that was taken. */
  wanted: string;
  /** The id that it has instead, for as long as the other one is there. */
  given: string;
}

/** The ids by which machines know what is on a site: 12 characters of `[a-z0-9]`, each once. */
export interface PublicIds {
  page: string;
  /** By id of a component or group in the config. */
  component(id: string): string;
  /** By slug. */
  incident(slug: string): string;
  /** By slug and the update's id; also of the updates that the clock makes, `start` and `end`. */
  update(slug: string, update: string): string;
  clashes: IdClash[];
}

const LENGTH = 12;
const SPACE = 36n ** BigInt(LENGTH);

/** The id of a name: 62 bits of its hash, in base 36. */
function idOfName(name: string): string {
  return (fnv1a64(name) % SPACE).toString(36).padStart(LENGTH, '0');
}

/**
 * The ids of a site's page, components, incidents and updates. An id hangs on a name alone and stays for ever: that
 * of the page on the host and path of its `url`; of a component or group on its id in the config; of an incident on
 * its first alias, else its slug; of an update on its incident's name and its own id. So texts, times, titles, other
 * files and their order change none.
 * Should two names ever give one id, the second, in the order of the config and of the files' paths, gets another;
 * `clashes` tells. `idOf` is there for tests.
 */
export function publicIds(site: Site, incidents: Incident[], idOf = idOfName): PublicIds {
  const taken = new Set<string>();
  const clashes: IdClash[] = [];
  const give = (name: string, of: Pick<IdClash, 'what' | 'path'> | null): string => {
    const wanted = idOf(name);
    let given = wanted;
    for (let count = 2; taken.has(given); count += 1) given = idOf(`${name} ${count}`);
    taken.add(given);
    if (given !== wanted && of !== null) clashes.push({ ...of, wanted, given });
    return given;
  };

  const page = give(`page ${placeOf(site.url)}`, null);
  const components = new Map<string, string>();
  for (const entry of site.components) {
    for (const { id } of isGroup(entry) ? [entry, ...entry.components] : [entry]) {
      components.set(id, give(`component ${id}`, { what: { component: id }, path: null }));
    }
  }
  const ofIncidents = new Map<string, string>();
  const ofUpdates = new Map<string, Map<string, string>>();
  for (const { slug, path, aliases, updates, window } of incidents.toSorted(byPath)) {
    const name = aliases[0] ?? slug;
    ofIncidents.set(slug, give(`incident ${name}`, { what: { incident: slug, update: null }, path }));
    // Whether the clock has spoken yet must change nothing.
    const all = [...updates.map(({ id }) => id), ...(window === null ? [] : ['start', 'end'])];
    ofUpdates.set(
      slug,
      new Map(
        all.map((id) => [id, give(`update ${name} ${id}`, { what: { incident: slug, update: id }, path })]),
      ),
    );
  }
  return {
    page,
    component: (id) => components.get(id)!,
    incident: (slug) => ofIncidents.get(slug)!,
    update: (slug, update) => ofUpdates.get(slug)!.get(update)!,
    clashes,
  };
}

function byPath(a: Incident, b: Incident): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** Host and path of an address: a page that moves from http to https stays the same page. */
function placeOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').toLowerCase();
}
