import { describe, expect, it } from 'vitest';
import { componentFacts, MOST_PAST } from '../../../src/components/component-facts.ts';
import { dailyStates } from '../../../src/domain/daily-states.ts';
import type { ComponentGroup } from '../../../src/domain/site.ts';
import type { SiteStatus } from '../../../src/domain/status.ts';
import { incident, update } from '../domain/sample.ts';
import { en, outage, past, site, statusOf, work } from './given.ts';

const group = site.components[0] as ComponentGroup;
const [web] = group.components;

function factsOf(entry: ComponentGroup | ComponentGroup['components'][number], status: SiteStatus) {
  return componentFacts(entry, entry === group ? null : group, {
    status,
    days: dailyStates(site, status, 3),
    uptime: null,
    touching: status.incidents,
    monthOf: (one) => en.day(one.startedAt).slice(0, 7),
  });
}

describe('the page of a component', () => {
  it('tells apart what is open, what comes and what is over', () => {
    const coming = work({ window: { from: Date.UTC(2026, 10, 25), to: Date.UTC(2026, 10, 26) } });
    const { open, status, past: over } = factsOf(web!, statusOf(outage(), past(), coming));
    expect(open.map((one) => one.incident.slug)).toEqual(['power']);
    expect(status.upcoming.map((one) => one.incident.slug)).toEqual(['router']);
    expect(over.map((one) => one.incident.slug)).toEqual(['mail']);
  });

  it('shows no more than the newest of a long history, and the months of all others', () => {
    const months = Array.from({ length: MOST_PAST + 14 }, (_, index) =>
      incident([update(new Date(Date.UTC(2026, 9 - index, 5)).toISOString(), 'resolved')], {
        slug: `month-${index}`,
        components: [{ id: 'web', state: null }],
      }),
    );
    const { past: over, earlier } = factsOf(web!, statusOf(...months));
    expect(over).toHaveLength(MOST_PAST);
    expect(over[0]!.incident.slug).toBe('month-0');
    expect(earlier).toHaveLength(14);
    expect(earlier[0]).toEqual({ month: '2022-08', count: 1 });
  });
});

describe('the page of a group', () => {
  it('is in the worst state of its components, today and on each day', () => {
    const facts = factsOf(group, statusOf(outage()));
    expect(facts.state).toBe('major outage');
    expect(facts.days.map(({ state }) => state)).toEqual(['operational', 'operational', 'major outage']);
    expect(Object.keys(facts.daysOfEach)).toEqual(['web', 'mail']);
  });
});
