/** A writing system, and the npm packages whose fonts draw it. */
export interface Script {
  /** Its English name, as warnings say it. */
  name: string;
  has: RegExp;
  /** Packages of fontsource that draw it, the best for the language first. */
  packages(language: string, texts: string): string[];
}

const noto = (script: string) => () => [`@fontsource/noto-sans-${script}`];

/** Han characters have a shape per country: kana or hangul beside them tell which, else the language does. */
function hanPackages(language: string, texts: string): string[] {
  const all = ['sc', 'tc', 'jp', 'kr'];
  const tag = language.toLowerCase();
  const first = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(texts)
    ? 'jp'
    : /\p{Script=Hangul}/u.test(texts)
      ? 'kr'
      : /^ja\b/.test(tag)
        ? 'jp'
        : /^ko\b/.test(tag)
          ? 'kr'
          : /^zh-(.*-)?(hant|tw|hk|mo)\b/.test(tag)
            ? 'tc'
            : 'sc';
  return [first, ...all.filter((other) => other !== first)].map((place) => `@fontsource/noto-sans-${place}`);
}

/** Scripts beyond Latin, Greek and Cyrillic. Arabic and Hebrew come with Dran; the others are the operator's choice. */
const SCRIPTS: Script[] = [
  { name: 'Arabic', has: /\p{Script_Extensions=Arabic}/u, packages: noto('arabic') },
  { name: 'Hebrew', has: /\p{Script_Extensions=Hebrew}/u, packages: noto('hebrew') },
  {
    name: 'Japanese',
    has: /[\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}]/u,
    packages: hanPackages.bind(null, 'ja'),
  },
  {
    name: 'Korean',
    has: /\p{Script_Extensions=Hangul}/u,
    packages: (_, texts) => hanPackages('ko', texts).filter((name) => name.endsWith('-kr')),
  },
  { name: 'Chinese characters', has: /\p{Script_Extensions=Han}/u, packages: hanPackages },
  { name: 'Devanagari', has: /\p{Script_Extensions=Devanagari}/u, packages: noto('devanagari') },
  { name: 'Bengali', has: /\p{Script_Extensions=Bengali}/u, packages: noto('bengali') },
  { name: 'Tamil', has: /\p{Script_Extensions=Tamil}/u, packages: noto('tamil') },
  { name: 'Malayalam', has: /\p{Script_Extensions=Malayalam}/u, packages: noto('malayalam') },
  { name: 'Kannada', has: /\p{Script_Extensions=Kannada}/u, packages: noto('kannada') },
  { name: 'Thai', has: /\p{Script_Extensions=Thai}/u, packages: noto('thai') },
  { name: 'Khmer', has: /\p{Script_Extensions=Khmer}/u, packages: noto('khmer') },
  { name: 'Burmese', has: /\p{Script_Extensions=Myanmar}/u, packages: noto('myanmar') },
  { name: 'Thaana', has: /\p{Script_Extensions=Thaana}/u, packages: noto('thaana') },
  { name: 'Georgian', has: /\p{Script_Extensions=Georgian}/u, packages: noto('georgian') },
  { name: 'Armenian', has: /\p{Script_Extensions=Armenian}/u, packages: noto('armenian') },
];

const LETTERS: Script = {
  name: 'rare Latin, Greek or Cyrillic letters',
  has: /[\p{Script_Extensions=Latin}\p{Script_Extensions=Greek}\p{Script_Extensions=Cyrillic}]/u,
  packages: () => ['@fontsource/noto-sans'],
};

const SYMBOLS: Script = {
  name: 'symbols',
  has: /[\p{S}\p{P}]/u,
  packages: () => ['@fontsource/noto-sans-symbols-2', '@fontsource/noto-sans-math'],
};

const UNKNOWN: Script = { name: 'a rare script', has: /./su, packages: () => [] };

/** The script whose fonts can draw a character that the card's own typeface lacks. */
export function scriptOf(character: string): Script {
  return [...SCRIPTS, LETTERS, SYMBOLS].find(({ has }) => has.test(character)) ?? UNKNOWN;
}
