import { describe, expect, it } from 'vitest';
import { headline } from '../../../src/components/headline.ts';
import {
  phraseStage,
  plannedHead,
  plannedStates,
  stagesText,
  windowStages,
} from '../../../src/components/stages.ts';
import { at } from '../domain/sample.ts';
import { en, outage, site, statusOf, work } from './given.ts';

const window = { from: at('2026-11-21T21:00:00Z'), to: at('2026-11-22T03:00:00Z') };
const next = (more = {}) => work({ window, ...more });

describe('what the reader’s clock makes of a page', () => {
  it('leaves an element alone where it makes nothing of it', () => {
    expect(stagesText([])).toBeUndefined();
  });

  it('calls a promise late, around the time that stands there', () => {
    expect(phraseStage(5, 'promise.late', en)).toEqual([
      5,
      'The next update was due by ',
      '. It is not here yet.',
    ]);
  });

  it('says of a window what the plan says, as nobody has reported it', () => {
    expect(windowStages(window, en)).toEqual([
      [window.from, 'should be under way now'],
      [window.to, 'planned time is over'],
    ]);
  });

  it('puts what the work is about into maintenance when it begins, and never back', () => {
    const status = statusOf(next());
    expect(plannedStates(['api'], 'operational', status)).toEqual([
      { from: window.from, state: 'under maintenance' },
    ]);
    expect(plannedStates(['web'], 'operational', status)).toEqual([]);
  });

  it('takes the state that the work is announced with', () => {
    const status = statusOf(next({ components: [{ id: 'api', state: 'partial outage' }] }));
    expect(plannedStates(['api'], 'operational', status)).toEqual([
      { from: window.from, state: 'partial outage' },
    ]);
  });

  it('does not let work hide that something is worse', () => {
    const status = statusOf(next());
    expect(plannedStates(['api'], 'degraded performance', status)).toEqual([]);
  });

  it('follows several windows in their order', () => {
    const later = { from: at('2026-11-23T21:00:00Z'), to: at('2026-11-23T22:00:00Z') };
    const status = statusOf(
      work({ slug: 'b', window: later, components: [{ id: 'api', state: 'major outage' }] }),
      next({ slug: 'a' }),
      work({ slug: 'c', window: null, status: 'scheduled' }),
    );
    expect(plannedStates(['web', 'api'], 'operational', status)).toEqual([
      { from: window.from, state: 'under maintenance' },
      { from: later.from, state: 'major outage' },
    ]);
  });

  it('takes back that everything works when the next work begins', () => {
    const status = statusOf(next());
    expect(plannedHead(headline(status, site, 'en', en), status, 'en', en)).toEqual({
      mark: [[window.from, '#maintenance_']],
      word: [[window.from, 'Under maintenance']],
      headline: [[window.from, 'Core router swap, until 22 Nov, 04:00']],
    });
  });

  it('leaves a headline about an outage as it is', () => {
    const status = statusOf(outage(), next());
    expect(plannedHead(headline(status, site, 'en', en), status, 'en', en).headline).toEqual([]);
  });

  it('leaves a headline as it is where nothing with a time is announced', () => {
    const status = statusOf(work({ window: null, status: 'scheduled' }));
    expect(plannedHead(headline(status, site, 'en', en), status, 'en', en).headline).toEqual([]);
  });
});
