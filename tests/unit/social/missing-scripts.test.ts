import { expect, it } from 'vitest';
import { missingScripts } from '../../../src/social/missing-scripts.ts';

it.each([
  [
    'Störung, 障害 and データ',
    'de',
    [
      ['Chinese characters', 'jp'],
      ['Japanese', 'jp'],
    ],
  ],
  ['故障', 'zh-Hans', [['Chinese characters', 'sc']]],
  ['故障', 'zh-TW', [['Chinese characters', 'tc']]],
  ['障害', 'ja', [['Chinese characters', 'jp']]],
  ['장애', 'ko', [['Korean', 'kr']]],
  ['ระบบล่ม', 'th', [['Thai', 'thai']]],
  ['सेवा बंद', 'hi', [['Devanagari', 'devanagari']]],
])('%s needs a package that is not installed', (text, language, expected) => {
  expect(missingScripts([text], language)).toEqual(
    expected.map(([script, name]) => ({ script, package: `@fontsource/noto-sans-${name}` })),
  );
});

it('Latin, Greek, Cyrillic, Arabic, Hebrew and emoji need nothing more', () => {
  expect(missingScripts(['Ausfall', 'Σφάλμα', 'Сбой', 'انقطاع', 'תקלה', '🔥👩🏽‍🚒🇩🇪'], 'de')).toEqual([]);
});

it('A script that no package is known for is named all the same', () => {
  expect(missingScripts(['ᚱᚢᚾ'], 'en')).toEqual([{ script: 'a rare script', package: null }]);
});
