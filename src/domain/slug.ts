import { fnv1a64 } from './fnv.ts';
import type { Instant } from './incident.ts';
import { startOfDay } from './time.ts';

const LONGEST = 150;
const HASH_LENGTH = 12;

/** Tells long names apart. */
function hash(text: string): string {
  return fnv1a64(text).toString(16).padStart(16, '0').slice(0, HASH_LENGTH);
}

/** As many whole characters of `text` as fit into so many bytes of UTF-8. */
function cutToBytes(text: string, bytes: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    used += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (used > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * The slug of a file's base name without its ending (DESIGN §2): NFC; runs of anything but letters with their
 * marks, digits, `.`, `_` and `-` become one hyphen; hyphens and dots at the ends fall away; at most 150 bytes
 * of UTF-8, a longer one is cut and ends in a hash of the whole name. Never empty, never a path.
 */
export function slugOf(baseName: string): string {
  const name = baseName.toWellFormed().normalize('NFC');
  const slug = name
    .replace(/[^\p{L}\p{M}\p{N}._]+/gu, (run) => (/^-+$/.test(run) ? run : '-'))
    .replace(/^[-.]+/, '')
    .replace(/(?<![-.])[-.]+$/, '');
  if (!/[\p{L}\p{N}]/u.test(slug)) return hash(name);
  if (new TextEncoder().encode(slug).length <= LONGEST) return slug;
  const head = cutToBytes(slug, LONGEST - HASH_LENGTH - 1).replace(/(?<![-.])[-.]+$/, '');
  return `${head}-${hash(name)}`;
}

/** What two slugs have in common that a file system without regard to case would take for one. */
export function slugKey(slug: string): string {
  return slug.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

/** 00:00 in the zone of the date that a slug begins with; null where it begins with none or with no real one. */
export function nameDateOf(slug: string, timeZone: string): Instant | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(slug);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1970 || year > 2200 || month < 1 || month > 12) return null;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return startOfDay(match[0], timeZone);
}

/** What an update's id is made of: anchor on the page, identity in feeds. */
export const UPDATE_ID = /^[A-Za-z0-9-]+$/;

/** The id of an update: its UTC minute, `20261121T1730Z`; with seconds where the heading has them. */
export function updateId(at: Instant, precision: 'day' | 'minute' | 'second'): string {
  const digits = new Date(at).toISOString().replace(/[-:]/g, '');
  return `${digits.slice(0, precision === 'second' ? 15 : 13)}Z`;
}
