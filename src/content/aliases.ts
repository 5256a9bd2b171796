import type { Incident } from '../domain/incident.ts';
import { slugKey } from '../domain/slug.ts';
import type { Fault, FaultPlace } from './fault.ts';

/** An earlier slug that a file lays claim to. */
export interface AliasClaim {
  slug: string;
  /** Path of the file below the incidents folder. */
  path: string;
  place: FaultPlace;
}

/**
 * Gives each earlier slug to one incident: the slug of a file goes before any alias, and of two files that name the
 * same one the first has it. `incidents` and `claims` are in the order of their paths. What an incident does not get
 * is no longer among its aliases; a warning says so.
 */
export function settleAliases(incidents: Incident[], claims: AliasClaim[], faults: Fault[]): Incident[] {
  if (claims.length === 0) return incidents;
  const owners = new Map(incidents.map(({ slug, path }) => [slugKey(slug), path]));
  const given = new Map<string, string[]>();
  for (const { slug, path, place } of claims) {
    const owner = owners.get(slugKey(slug));
    if (owner === undefined) {
      owners.set(slugKey(slug), path);
      const own = given.get(path);
      if (own === undefined) given.set(path, [slug]);
      else own.push(slug);
    } else if (owner !== path) {
      faults.push({
        ...place,
        level: 'warning',
        code: 'alias-taken',
        message: `incidents/${owner} already has the address "${slug}": there it stays. Delete the alias here.`,
        publishedAs: `incidents/${slug}.html, of ${owner}`,
        transient: false,
        fix: null,
      });
    }
  }
  return incidents.map((one) =>
    one.aliases.length === 0 ? one : { ...one, aliases: given.get(one.path) ?? [] },
  );
}
