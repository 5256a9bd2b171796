import { describe, expect, it } from 'vitest';
import { faultsOf } from './answer-schema.ts';

const AT = '2026-11-21T18:05:00.000+01:00';
const page = {
  id: 'aaaaaaaaaaaa',
  name: 'Nordhost',
  url: 'https://status.nordhost.example',
  time_zone: 'Europe/Berlin',
  updated_at: AT,
};
const component = {
  id: 'bbbbbbbbbbbb',
  name: 'Mail',
  status: 'operational',
  created_at: AT,
  updated_at: AT,
  position: 1,
  description: null,
  showcase: true,
  start_date: null,
  group_id: null,
  page_id: 'aaaaaaaaaaaa',
  group: false,
  only_show_if_degraded: false,
};
const without = (key: string) =>
  Object.fromEntries(Object.entries(component).filter(([name]) => name !== key));
const told = (...components: object[]) => faultsOf('components', { page, components });

describe('the schema that answers are held against', () => {
  it('takes what real pages have', () => {
    expect(told(component, { ...component, group: true, components: [] })).toEqual([]);
  });

  it.each(Object.keys(component))('misses the key %s', (key) => {
    expect(told(without(key))).not.toEqual([]);
  });

  it.each([
    ['a key of its own', { ...component, note: 'x' }],
    ['another word', { ...component, status: 'degraded performance' }],
    ['a time without milliseconds', { ...component, updated_at: '2026-11-21T18:05:00+01:00' }],
    ['a time without a zone', { ...component, updated_at: '2026-11-21T18:05:00.000' }],
    ['an id of another length', { ...component, id: 'bbbbbbbbbbb' }],
    ['a group without its parts', { ...component, group: true }],
    ['parts of what is no group', { ...component, components: [] }],
    ['another order of keys', { ...without('id'), id: component.id }],
  ])('tells of %s', (_, wrong) => {
    expect(told(wrong)).not.toEqual([]);
  });

  it('knows no other endpoints', () => {
    expect(faultsOf('postmortems', { page })).not.toEqual([]);
  });
});
