const LONGEST_URL = 2048;
const SCHEMES = new Set(['http', 'https', 'mailto', 'tel']);
const NOWHERE = 'https://nowhere.invalid';

/**
 * Where a link or a picture in a text leads. `path` is relative to the site's root, never above it, without a
 * slash in front, percent-encoded, with query and fragment. `fragment` stays on the page.
 */
export type LinkTarget =
  | { kind: 'absolute'; url: string }
  | { kind: 'path'; path: string }
  | { kind: 'fragment'; url: string }
  | { kind: 'refused' };

/** Reads the destination of a link. Everything but http, https, mailto, tel and relative is refused. */
export function linkTarget(written: string): LinkTarget {
  if (written.length > LONGEST_URL) return { kind: 'refused' };
  // Browsers pass over control characters before they look for a scheme.
  const url = written
    .replace(/\p{Cc}/gu, '')
    .trim()
    .replaceAll(' ', '%20');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    return SCHEMES.has(scheme) ? { kind: 'absolute', url } : { kind: 'refused' };
  }
  if (url === '') return { kind: 'refused' };
  if (url.startsWith('#')) return { kind: 'fragment', url };
  let resolved: URL;
  try {
    resolved = new URL(url, `${NOWHERE}/`);
  } catch {
    return { kind: 'refused' };
  }
  if (resolved.origin !== NOWHERE) return { kind: 'refused' };
  // Leading slashes would lead away from the site, a colon in the first part would look like a scheme.
  const path = resolved.pathname.replace(/^\/+/, '').replace(/(^|\/)$/, '$1index.html');
  const safe = /^[^/]*:/.test(path) ? `./${path}` : path;
  return { kind: 'path', path: `${safe}${resolved.search}${resolved.hash}` };
}

/** The file below `public/` that a picture's destination names, decoded; null where it is none of the site's. */
export function publicFile(written: string): string | null {
  const target = linkTarget(written);
  if (target.kind !== 'path') return null;
  const path = target.path.replace(/[?#].*$/, '').replace(/^\.\//, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
