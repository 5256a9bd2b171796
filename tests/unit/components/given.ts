import type { Day } from '../../../src/domain/daily-states.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { deriveIncident, type IncidentStatus } from '../../../src/domain/incident-status.ts';
import type { Site } from '../../../src/domain/site.ts';
import { deriveStatus, type SiteStatus } from '../../../src/domain/status.ts';
import type { ComponentState } from '../../../src/domain/words.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { at, incident, site as plainSite, update } from '../domain/sample.ts';

/** 21 November 2026, 18:31 in Berlin. */
export const now = at('2026-11-21T17:31:00Z');

/** The sample site in two languages, with people. */
export const site: Site = {
  ...plainSite,
  languages: ['en', 'de'],
  authors: { tb: 'Tanja B.', mk: 'Marko K.' },
};

export const en = locale('en', site);
export const de = locale('de', site);

/** What incidents are now. */
export const entryOf = (one: Incident): IncidentStatus => deriveIncident(one, now);
export const statusOf = (...incidents: Incident[]): SiteStatus => deriveStatus(site, incidents, now);

/** An outage since 18:05. */
export const outage = (more: Partial<Incident> = {}) =>
  incident(
    [
      update('2026-11-21T17:05:00Z', 'investigating', { authors: ['mk'] }),
      update('2026-11-21T17:30:00Z', 'identified', { authors: ['tb'] }),
    ],
    { impact: 'critical', components: [{ id: 'web', state: null }], ...more },
  );

/** Over since 14 November: 2 h 10 min. */
export const past = (more: Partial<Incident> = {}) =>
  incident([update('2026-11-14T08:10:00Z', 'investigating'), update('2026-11-14T10:20:00Z', 'resolved')], {
    slug: 'mail',
    title: 'Mail was slow',
    components: [{ id: 'mail', state: null }],
    ...more,
  });

/** Work from 17:00 to 23:00 today. */
export const work = (more: Partial<Incident> = {}) =>
  incident([update('2026-11-18T09:00:00Z', 'scheduled', { text: 'We swap the core routers.' })], {
    slug: 'router',
    kind: 'maintenance',
    title: 'Core router swap',
    components: [{ id: 'api', state: null }],
    window: { from: at('2026-11-21T16:00:00Z'), to: at('2026-11-21T22:00:00Z') },
    ...more,
  });

/** A run of days that end on 21 November 2026, each named by its state. */
export const daysOf = (...states: ComponentState[]): Day[] =>
  states.map((state, index) => ({
    date: new Date(Date.UTC(2026, 10, 21 - (states.length - 1 - index))).toISOString().slice(0, 10),
    state,
    causes: state === 'operational' ? [] : ['power'],
  }));
