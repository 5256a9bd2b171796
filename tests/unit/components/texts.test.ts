import { describe, expect, it } from 'vitest';
import { affectedNames, incidentDescription } from '../../../src/components/description.ts';
import { incidentData, scriptText } from '../../../src/components/linked-data.ts';
import { worstOf } from '../../../src/components/mark.ts';
import { pageTitle } from '../../../src/components/page-title.ts';
import {
  componentNames,
  excerpt,
  languageOf,
  signers,
  textsOf,
  titleOf,
} from '../../../src/components/texts.ts';
import { timelineDays } from '../../../src/components/timeline-days.ts';
import { titleParts } from '../../../src/components/title-parts.ts';
import { titleSize } from '../../../src/components/title-size.ts';
import { incident, update } from '../domain/sample.ts';
import { en, entryOf, outage, past, site, work } from './given.ts';

const none = { summary: null, updates: {} };
const said = (plain: string) => ({ html: `<p>${plain}</p>`, plain, language: 'en' });

describe('a text’s language', () => {
  it('is not repeated where it is the page’s', () => {
    expect(languageOf({ language: 'en' }, 'en')).toEqual({});
  });
  it('is marked where it is another, with its direction where that differs', () => {
    expect(languageOf({ language: 'de' }, 'en')).toEqual({ lang: 'de' });
    expect(languageOf({ language: 'de' }, 'ar')).toEqual({ lang: 'de', dir: 'ltr' });
  });
  it('is the original’s where a title has no translation', () => {
    expect(titleOf(outage(), 'de')).toEqual({ text: 'Power failure', language: 'en' });
  });
});

describe('signatures', () => {
  it('are names; an unknown one stays as written', () => {
    expect(signers(['tb', 'xy', 'constructor'], site)).toEqual(['Tanja B.', 'xy', 'constructor']);
  });
});

describe('an excerpt', () => {
  it('is the text itself where it is short enough', () => {
    expect(excerpt('Power is back.', 40)).toBe('Power is back.');
  });
  it('ends after a whole word', () => {
    expect(excerpt('The emergency generators, which are new, did not start', 40)).toBe(
      'The emergency generators, which are new…',
    );
  });
  it('cuts a text without spaces, never inside a character', () => {
    expect(excerpt('🔌'.repeat(50), 10)).toBe(`${'🔌'.repeat(9)}…`);
  });
});

describe('a description', () => {
  it('says the state, whom it concerns and the newest words', () => {
    const one = entryOf(outage());
    const texts = { summary: null, updates: { [one.newest.id]: said('The generators did not start.') } };
    expect(incidentDescription(one, texts, site, 'en', en)).toBe(
      'Major outage: Web hosting. The generators did not start.',
    );
  });
  it('does without components and without words', () => {
    expect(incidentDescription(entryOf(outage({ components: [] })), none, site, 'en', en)).toBe(
      'Major outage.',
    );
  });
  it('names components that the config does not know as they were written', () => {
    const one = entryOf(outage({ unknownComponents: ['weebhosting'] }));
    expect(affectedNames(one, componentNames(site, 'en'))).toEqual(['Web hosting', 'weebhosting']);
  });
});

describe('the mark of an incident', () => {
  it('is the worst of its impact and its components', () => {
    expect(
      worstOf(entryOf(outage({ impact: 'minor', components: [{ id: 'web', state: 'major outage' }] }))),
    ).toBe('major outage');
    expect(
      worstOf(entryOf(outage({ impact: 'critical', components: [{ id: 'web', state: 'operational' }] }))),
    ).toBe('major outage');
  });
  it('is maintenance for work, none for a notice', () => {
    expect(worstOf(entryOf(work()))).toBe('under maintenance');
    expect(
      worstOf(entryOf(incident([update('2026-11-20T09:00:00Z', 'notice')], { kind: 'notice' }))),
    ).toBeNull();
  });
});

describe('the timeline', () => {
  it('groups updates by day of the site’s zone, newest first', () => {
    const updates = [
      update('2026-11-20T22:59:00Z', 'investigating', { id: 'a' }),
      update('2026-11-20T23:01:00Z', 'identified', { id: 'b' }),
      update('2026-11-21T09:00:00Z', 'resolved', { id: 'c' }),
    ];
    expect(timelineDays(updates, en).map((one) => [one.day, one.updates.map(({ id }) => id)])).toEqual([
      ['2026-11-21', ['c', 'b']],
      ['2026-11-20', ['a']],
    ]);
  });
});

describe('texts of a page', () => {
  it('are none for a slug that has none, whatever it is called', () => {
    expect(textsOf({}, 'constructor')).toEqual(none);
  });
  it('break at a colon first', () => {
    expect(titleParts('Data centre Dresden: power failure')).toEqual([
      'Data centre Dresden:',
      'power failure',
    ]);
  });
  it.each([
    'Power failure',
    'From 10:30 no mail',
    `${'Long '.repeat(12)}: title`,
    `Mail: ${'long '.repeat(12)}`,
  ])('are one piece: %s', (title) => expect(titleParts(title)).toEqual([title]));
  it('shrink in the headline the longer they are', () => {
    expect(['x'.repeat(80), 'x'.repeat(174), 'x'.repeat(5000)].map(titleSize)).toEqual([
      undefined,
      'long',
      'endless',
    ]);
  });
});

describe('what the tab says', () => {
  it('is the headline and whose page it is', () => {
    expect(pageTitle('Power failure', site, en)).toBe('Power failure · Nordhost status');
  });
  it('is short enough for a tab', () => {
    const title = pageTitle('All services in Dresden are without power, mail and web hosting too', site, en);
    expect(title.length).toBeLessThanOrEqual(70);
    expect(title).toMatch(/^All services in Dresden are without power, mail and… · Nordhost status$/);
  });
  it('keeps some of the headline beside a very long name', () => {
    expect(pageTitle('Power failure', { ...site, name: 'N'.repeat(90) }, en)).toMatch(/^Power failure · N/);
  });
});

describe('what machines read in a page', () => {
  it('says begin, end and who spoke', () => {
    expect(incidentData(entryOf(past()), 'Mail was slow.', site, 'en', en)).toMatchObject({
      '@type': 'LiveBlogPosting',
      headline: 'Mail was slow',
      coverageStartTime: '2026-11-14T08:10:00Z',
      coverageEndTime: '2026-11-14T10:20:00Z',
      url: 'https://status.nordhost.example/incidents/mail.html',
    });
    expect(incidentData(entryOf(outage()), '', site, 'en', en)).toMatchObject({
      author: [{ name: 'Marko K.' }, { name: 'Tanja B.' }],
    });
  });
  it('can’t end its script element', () => {
    const text = scriptText({ headline: '</script><script>alert(1)</script><!--' });
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual({ headline: '</script><script>alert(1)</script><!--' });
  });
});
