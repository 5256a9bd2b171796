import { describe, expect, it } from 'vitest';
import { componentBadges, pageBadge } from '../../../src/badges/badge.ts';
import { shieldsEndpoint } from '../../../src/badges/badge-json.ts';
import { headline } from '../../../src/components/headline.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { de, en, outage, past, site, statusOf, work } from '../components/given.ts';

const ofPage = (incidents: Incident[], locale = en) => {
  const status = statusOf(...incidents);
  return pageBadge(site, status, headline(status, site, locale.language, locale).state, locale);
};
const ofComponent = (id: string, incidents: Incident[], locale = en) =>
  componentBadges(site, statusOf(...incidents), locale).get(id);

describe('the badge of the page', () => {
  it('says that all is well, in the words of its language', () => {
    expect(ofPage([past()])).toEqual({
      label: 'Nordhost status',
      message: 'Works',
      state: 'operational',
      sentence: 'Nordhost status: Works.',
      newest: 'Newest entry: 14 Nov 2026, 11:20 CET.',
      language: 'en',
    });
    expect(ofPage([past()], de)).toMatchObject({
      label: 'Status Nordhost',
      message: 'Läuft',
      sentence: 'Status Nordhost: Läuft.',
    });
  });

  it('says the worst of what is open', () => {
    expect(ofPage([outage(), work()])).toMatchObject({ message: 'Major outage', state: 'major outage' });
    expect(ofPage([work()])).toMatchObject({ message: 'Maintenance', state: 'under maintenance' });
  });

  it('is not green while something is open, even without a known effect', () => {
    const harmless = outage({ impact: 'none', components: [] });
    expect(ofPage([harmless])).toMatchObject({ message: 'No known impact', state: 'no effect' });
  });

  it('is not green for an incident that could not be read, or names what nobody knows', () => {
    expect(ofPage([outage({ impact: 'none', components: [], readable: false })]).state).toBe(
      'degraded performance',
    );
    expect(ofPage([outage({ impact: 'none', components: [], unknownComponents: ['Fax'] })]).state).toBe(
      'degraded performance',
    );
  });

  it('says nothing of its age where nothing was ever reported', () => {
    expect(ofPage([]).newest).toBeNull();
  });
});

describe('the badge of a component', () => {
  it('says its own state, with the site’s name for those who hear it alone', () => {
    expect(ofComponent('web', [outage()])).toMatchObject({
      label: 'Web hosting',
      message: 'Major outage',
      sentence: 'Nordhost: Web hosting: Major outage.',
    });
    expect(ofComponent('api', [outage()])).toMatchObject({ message: 'Works', newest: null });
  });

  it('is as old as the newest word about it', () => {
    expect(ofComponent('mail', [outage(), past()])?.newest).toBe('Newest entry: 14 Nov 2026, 11:20 CET.');
  });

  it('of a group is that of its worst member', () => {
    expect(ofComponent('dresden', [outage(), past()])).toMatchObject({
      label: 'Dresden',
      message: 'Major outage',
      newest: 'Newest entry: 21 Nov 2026, 18:30 CET.',
    });
  });

  it('is there for every component and every group', () => {
    expect([...componentBadges(site, statusOf(), en).keys()]).toEqual(['dresden', 'web', 'mail', 'api']);
  });
});

it('shields.io gets the words and the colour, and nothing that it does not know', () => {
  expect(shieldsEndpoint(ofPage([outage()], de))).toEqual({
    schemaVersion: 1,
    label: 'Status Nordhost',
    message: 'Ausfall',
    color: '#c01525',
    cacheSeconds: 300,
  });
});
