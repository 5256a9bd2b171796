/** What is to be said of the page as a whole; nothing where it is as good as any. */
export type Standing = 'newer' | 'gone' | 'old' | '';

/**
 * Judges a page that is open.
 * `newer`: its host has a newer one.
 * `failures`: how often in a row the host could not be asked. One may be chance, two are told.
 * `sure`: the site's own host has just said that there is nothing newer, or has yet to answer.
 * `age`, `limit`: milliseconds since it was known to be the newest (not a number: never known), and from when on that
 * is told, and not only that the host is gone.
 */
export function standing(
  newer: boolean,
  failures: number,
  sure: boolean,
  age: number,
  limit: number,
): Standing {
  if (newer) return 'newer';
  if (!sure && age >= limit) return 'old';
  return failures > 1 ? 'gone' : '';
}
