import { describe, expect, it } from 'vitest';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import type { Site } from '../../../src/domain/site.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { cardAltText, incidentCard, siteCard, updateCard } from '../../../src/social/card-content.ts';
import { at, incident, site as plainSite, update } from '../domain/sample.ts';
import { card } from './sample.ts';

const site: Site = { ...plainSite, authors: { tb: 'Tanja B.' } };
const english = locale('en', { timezone: site.timezone, address: 'Sie' });
const german = locale('de', { timezone: site.timezone, address: 'Sie' });
const base = { site, locale: english };
const now = at('2026-11-21T18:00:00Z');

const power = incident(
  [
    update('2026-11-21T17:05:00Z', 'investigating'),
    update('2026-11-21T17:30:00Z', 'identified', {
      authors: ['tb', 'guest'],
      states: { web: 'partial outage' },
    }),
  ],
  {
    impact: 'minor',
    components: [
      { id: 'web', state: 'major outage' },
      { id: 'mail', state: null },
    ],
  },
);

const harmless = incident([update('2026-11-21T17:05:00Z', 'investigating')], { impact: 'none' });

describe('the card of an open incident without an effect', () => {
  it('has no green mark and says that none is known', () => {
    const content = incidentCard(base, deriveIncident(harmless, now), { title: 'Odd noise', text: '' });
    expect(content).toMatchObject({ state: 'notice', stateWord: 'No known impact' });
  });

  it('nor has that of the page', () => {
    const status = deriveStatus(site, [harmless], now);
    const content = siteCard(base, status, { title: 'Odd noise', text: '', state: 'operational' });
    expect(content).toMatchObject({ state: 'notice', stateWord: 'No known impact' });
  });
});

describe('the card of an incident', () => {
  it('says state, components, time with zone, signatures and address', () => {
    const content = incidentCard(base, deriveIncident(power, now), {
      title: 'No power',
      text: 'We are on it.',
    });
    expect(content).toEqual({
      state: 'partial outage',
      stateWord: 'Partial outage',
      siteName: 'Nordhost',
      title: 'No power',
      text: 'We are on it.',
      components: ['Web hosting', 'Mail'],
      asOf: expect.stringMatching(/21 Nov 2026, 18:30 CET/),
      signature: 'Tanja B., guest',
      host: 'status.nordhost.example',
      language: 'en',
      direction: 'ltr',
    });
  });

  it('speaks the language of the reader', () => {
    const content = incidentCard({ site, locale: german }, deriveIncident(power, now), {
      title: '',
      text: '',
    });
    expect(content.stateWord).toBe('Teilweiser Ausfall');
    expect(content.language).toBe('de');
  });

  it('is green only when a file says that it is over', () => {
    const quiet = incident([update('2026-11-21T17:05:00Z', 'monitoring')], {
      impact: 'critical',
      components: [{ id: 'web', state: 'operational' }],
    });
    expect(incidentCard(base, deriveIncident(quiet, now), { title: '', text: '' }).state).toBe(
      'major outage',
    );
    const over = incident([...power.updates, update('2026-11-21T17:50:00Z', 'resolved')]);
    const content = incidentCard(base, deriveIncident(over, now), { title: '', text: '' });
    expect([content.state, content.stateWord]).toEqual(['operational', english.status('resolved')]);
  });

  it('says after the final report that it is resolved', () => {
    const told = incident([
      update('2026-11-20T10:00:00Z', 'investigating'),
      update('2026-11-20T11:00:00Z', 'resolved'),
      update('2026-11-21T11:00:00Z', 'postmortem'),
    ]);
    const content = incidentCard(base, deriveIncident(told, now), { title: '', text: '' });
    expect(content.stateWord).toBe(english.status('resolved'));
  });
});

describe('the card of an update', () => {
  it('shows what was so when it was written', () => {
    const subject = deriveIncident(power, now);
    const content = updateCard(base, subject, subject.updates[0]!, { title: 'No power', text: '' });
    expect(content.state).toBe('major outage');
    expect(content.asOf).toContain('18:05');
    expect(content.signature).toBe('');
  });
});

describe('the card of a maintenance', () => {
  const work = incident([update('2026-11-20T10:00:00Z', 'scheduled')], {
    kind: 'maintenance',
    impact: 'none',
    window: { from: at('2026-11-24T21:00:00Z'), to: at('2026-11-25T03:00:00Z') },
  });

  it('begins with its window', () => {
    const content = incidentCard(base, deriveIncident(work, now), {
      title: 'Router swap',
      text: 'Mail pauses.',
    });
    expect(content.stateWord).toBe(english.status('scheduled'));
    expect(content.state).toBe('under maintenance');
    expect(content.text).toMatch(/^24 Nov 2026, 22:00.*25 Nov 2026, 04:00 CET\. Mail pauses\.$/);
  });

  it('has no state once it is cancelled', () => {
    const off = {
      ...work,
      status: 'cancelled' as const,
      updates: [...work.updates, update('2026-11-21T10:00:00Z', 'cancelled')],
    };
    expect(incidentCard(base, deriveIncident(off, now), { title: '', text: '' }).state).toBe('notice');
  });
});

describe('the card of the site', () => {
  it('names what is not well, and when the newest word was said', () => {
    const content = siteCard(base, deriveStatus(site, [power], now), {
      title: 'No power',
      text: '',
      state: 'partial outage',
    });
    expect(content.components).toEqual(['Web hosting', 'Mail']);
    expect(content.asOf).toContain('18:30');
  });

  it('does not change with the time of the build', () => {
    const texts = { title: 'Everything works.', text: '', state: 'operational' as const };
    const [one, two] = [now, now + 60_000].map((then) => siteCard(base, deriveStatus(site, [], then), texts));
    expect(two).toEqual(one);
    expect(one?.asOf).toBe('');
  });

  it('says that a site with a fixed clock is a demonstration', () => {
    const shown = { site: { ...site, clock: now }, locale: english };
    const content = siteCard(shown, deriveStatus(site, [], now), {
      title: '',
      text: '',
      state: 'operational',
    });
    expect(content.demonstration).toBe('Demonstration');
  });
});

describe('the text for those who do not see a card', () => {
  it('says everything that the card shows, as sentences', () => {
    expect(cardAltText(card())).toBe(
      'Nordhost: Major outage. Data centre Dresden: power failure. The emergency generators did not start. An electrician is on site. Web hosting, Mail. As of 21 Nov 2026, 18:30 CET. Tanja B. status.nordhost.example.',
    );
  });

  it('leaves out what is not there', () => {
    expect(cardAltText(card({ title: '', text: '', components: [], asOf: '', signature: '' }))).toBe(
      'Nordhost: Major outage. status.nordhost.example.',
    );
  });

  it('has the title even where no font draws it', () => {
    expect(cardAltText(card({ title: '東京の停電' }))).toContain('東京の停電');
  });
});
