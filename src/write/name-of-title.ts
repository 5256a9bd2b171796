import { slugOf } from '../domain/slug.ts';

const LONGEST = 60;

const SPELLED: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa' };

/** A file's base name after a title: small letters, digits and hyphens, cut between words. Never empty. */
export function nameOfTitle(title: string): string {
  const spelled = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæøå]/g, (letter) => SPELLED[letter]!)
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC');
  const name = slugOf(spelled.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')).replace(/^[_-]+/, '');
  if ([...name].length <= LONGEST) return name;
  const cut = [...name].slice(0, LONGEST).join('');
  return cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : cut;
}
