import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/content/fold.ts';
import { vocabulary } from '../../../src/content/vocabulary.ts';
import { COMPONENT_STATES, IMPACTS, STATUSES } from '../../../src/domain/words.ts';

const german = vocabulary(['de', 'en']);

describe('words', () => {
  it('are the same in any case, with spaces, hyphens or underscores', () => {
    expect(['In Progress', 'in_progress', 'in-progress', 'INPROGRESS'].map(fold)).toEqual(
      Array(4).fill('inprogress'),
    );
    expect(fold('Behoben\u00a0')).toBe('behoben');
  });

  it('of code and API are known in every site', () => {
    const klingon = vocabulary(['tlh', '__proto__']);
    for (const word of STATUSES) expect(klingon.readStatus(word)).toBe(word);
    for (const word of IMPACTS) expect(klingon.readImpact(word)).toBe(word);
    for (const word of COMPONENT_STATES) expect(klingon.readState(word)).toBe(word);
  });

  it('of the site’s languages are known', () => {
    expect(german.readStatus('wird untersucht')).toBe('investigating');
    expect(german.readStatus('Ursache gefunden')).toBe('identified');
    expect(german.readState('teilweiser Ausfall')).toBe('partial outage');
    expect(german.readState('beeintraechtigt')).toBe('degraded performance');
    expect(german.readImpact('kritisch')).toBe('critical');
    expect(german.readKind('Wartung')).toBe('maintenance');
    expect(vocabulary(['de-AT']).readStatus('behoben')).toBe('resolved');
  });

  it('of other languages are not', () => {
    expect(vocabulary(['en']).readStatus('behoben')).toBeNull();
  });

  it('may have another common spelling', () => {
    expect(german.readStatus('canceled')).toBe('cancelled');
    expect(german.readState('degraded')).toBe('degraded performance');
  });

  it('that are none are not read, but a near one is named', () => {
    expect(german.readStatus('identifyed')).toBeNull();
    expect(german.nearStatus('identifyed')).toEqual({ value: 'identified', word: 'identified' });
    expect(german.nearStatus('behobn')).toEqual({ value: 'resolved', word: 'behoben' });
    expect(german.nearImpact('majr')).toEqual({ value: 'major', word: 'major' });
    expect(german.nearState('partail outage')).toEqual({ value: 'partial outage', word: 'partial outage' });
    expect(german.nearStatus('exploded')).toBeNull();
    expect(german.readStatus('constructor')).toBeNull();
  });

  it('never mean two things in one site', () => {
    const seen = new Map<string, string>();
    for (const word of STATUSES) {
      const read = german.readStatus(word);
      expect(read).toBe(word);
      expect(seen.get(fold(word))).toBeUndefined();
      seen.set(fold(word), word);
    }
  });
});
