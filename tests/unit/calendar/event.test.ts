import { describe, expect, it } from 'vitest';
import { calendarEvent, calendarWork } from '../../../src/calendar/event.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { entryOf, outage, statusOf, work } from '../components/given.ts';
import { at, update } from '../domain/sample.ts';
import { contextAt } from './sample.ts';

const now = at('2026-11-21T17:31:00Z');
const eventOf = (one: Incident, language = 'en') => calendarEvent(entryOf(one), contextAt(now, language));
const slugs = (incidents: Incident[], past = 50) =>
  calendarWork(statusOf(...incidents), past).map(({ incident }) => incident.slug);

const days = (from: string, to: string) => ({ from: at(from), to: at(to) });
const announced = work({
  slug: 'later',
  window: days('2026-11-25T21:00:00Z', '2026-11-26T03:00:00Z'),
});
const done = (slug: string, day: string) =>
  work({
    slug,
    window: days(`${day}T01:00:00Z`, `${day}T03:00:00Z`),
    updates: [update('2026-10-01T09:00:00Z', 'scheduled')],
  });

describe('the calendar holds', () => {
  it('what is announced, what is under way and what is over, by begin', () => {
    expect(slugs([announced, done('old', '2026-11-02'), work({ slug: 'running' })])).toEqual([
      'old',
      'running',
      'later',
    ]);
  });

  it('no outage, and no work without a window', () => {
    expect(slugs([outage(), work({ slug: 'some-day', window: null })])).toEqual([]);
  });

  it('of what is over only the newest', () => {
    const over = Array.from({ length: 9 }, (_, index) => done(`old-${index + 1}`, `2026-11-0${index + 1}`));
    expect(slugs([...over, announced], 2)).toEqual(['old-8', 'old-9', 'later']);
  });

  it('cancelled work, so that whoever follows it hears of that', () => {
    const cancelled = work({
      slug: 'off',
      window: days('2026-11-25T21:00:00Z', '2026-11-26T03:00:00Z'),
      updates: [update('2026-11-18T09:00:00Z', 'scheduled'), update('2026-11-20T09:00:00Z', 'cancelled')],
      status: 'cancelled',
    });
    expect(slugs([cancelled])).toEqual(['off']);
    expect(eventOf(cancelled)).toMatchObject({
      cancelled: true,
      summary: 'Cancelled: Nordhost: Core router swap',
    });
  });
});

describe('an event', () => {
  it('is known by the first name that the work had, whatever becomes of file and language', () => {
    expect(eventOf(work()).uid).toBe('router@status.nordhost.example');
    expect(eventOf(work({ slug: 'renamed', aliases: ['router', 'router-2'] }), 'de').uid).toBe(
      'router@status.nordhost.example',
    );
  });

  it('counts what people wrote, not what the clock did, and is as old as its newest update', () => {
    const before = calendarEvent(
      { ...entryOf(work()), window: work().window },
      contextAt(at('2026-11-20T00:00:00Z')),
    );
    expect(before.sequence).toBe(1);
    const running = eventOf(work());
    expect(running.sequence).toBe(1);
    expect(running.modified).toBe(at('2026-11-21T16:00:00Z'));
  });

  it('is never newer than now where an update is dated ahead', () => {
    const ahead = work({
      updates: [update('2026-11-18T09:00:00Z', 'scheduled'), update('2027-01-01T09:00:00Z', 'scheduled')],
      window: days('2027-02-01T21:00:00Z', '2027-02-02T03:00:00Z'),
    });
    expect(eventOf(ahead).modified).toBe(at('2026-11-18T09:00:00Z'));
  });

  it('says in words when, what, whom it concerns and where to read on', () => {
    const told = work({
      summary: 'Both core routers are replaced.',
      window: days('2026-11-25T21:00:00Z', '2026-11-26T03:00:00Z'),
      updates: [
        update('2026-11-18T09:00:00Z', 'scheduled', {
          text: 'Expect two short interruptions.',
          authors: ['tb'],
        }),
      ],
    });
    expect(eventOf(told).description.split('\n\n')).toEqual([
      'Scheduled: 25 Nov 2026, 22:00 to 26 Nov 2026, 04:00 CET.',
      'Both core routers are replaced.',
      '18 Nov 2026, 10:00 CET: Expect two short interruptions. — Tanja B.',
      'Affected: API.',
      'https://status.nordhost.example/incidents/router.html',
    ]);
  });

  it('says of work that overruns that nobody has reported it finished', () => {
    const late = work({
      autoComplete: false,
      window: days('2026-11-21T10:00:00Z', '2026-11-21T12:00:00Z'),
    });
    expect(eventOf(late).description).toContain(
      'In progress: planned until 21 Nov 2026, 13:00 CET, not yet reported finished.',
    );
    expect(eventOf(late).cancelled).toBe(false);
  });

  it('has the title of its language where there is one, else the original with its own language', () => {
    const one = work({
      translations: { de: { title: 'Tausch der Kern-Router', summary: null, updates: {} } },
    });
    expect(eventOf(one, 'de')).toMatchObject({ summary: 'Nordhost: Tausch der Kern-Router', language: 'de' });
    expect(eventOf(work(), 'de')).toMatchObject({ summary: 'Nordhost: Core router swap', language: 'en' });
  });

  it('names components, unknown ones as written', () => {
    expect(eventOf(work({ unknownComponents: ['Fax'] })).categories).toEqual(['API', 'Fax']);
  });
});
