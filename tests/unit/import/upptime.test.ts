import { expect, it } from 'vitest';
import { importUpptime } from '../../../src/import/upptime.ts';
import { readImported } from './statuspage-sample.ts';

const CONFIG = {
  path: '.upptimerc.yml',
  text: `owner: Nordhost
repo: uptime
sites:
  - name: Web shop
    url: https://shop.nordhost.example
  - name: Mail
    url: $MAIL_URL
status-website:
  cname: up.nordhost.example
  name: Nordhost
  navbar:
    - title: Home
      href: /
    - title: Help
      href: https://help.nordhost.example
`,
};
const summary = (down: Record<string, unknown>, name = 'Web shop') => ({
  path: 'history/summary.json',
  text: JSON.stringify([{ name, slug: 'shop', status: 'up', dailyMinutesDown: down }]),
});

it('the services become components, and what leads elsewhere a link', () => {
  const { files } = importUpptime([CONFIG, summary({})], null);
  expect(files).toHaveLength(1);
  expect(files[0]!.text).toBe(`name: Nordhost
url: https://up.nordhost.example
timezone: UTC
language: en
components:
  - id: shop
    name: Web shop
  - id: mail
    name: Mail
links:
  - label: Help
    url: https://help.nordhost.example
`);
});

it('a day with minutes down is an incident of that day, without an hour that nobody knows', () => {
  const { files } = importUpptime([CONFIG, summary({ '2022-07-08': 21 })], null);
  expect(files[0]!.path).toBe('incidents/2022-07-08-web-shop-was-down.md');
  expect(files[0]!.text).toContain(
    '## 2022-07-08 resolved\n\nWeb shop was down on 2022-07-08 for 21 minutes (UTC).\n',
  );
});

it('days that were down from midnight to midnight are one incident, with start and end', () => {
  const result = importUpptime(
    [CONFIG, summary({ '2022-12-08': 20, '2022-12-07': 1440, '2022-12-06': 1440, '2022-12-04': 1440 })],
    'Europe/Berlin',
  );
  const { incidents, faults } = readImported(result, Date.UTC(2026, 0, 1));
  expect(faults).toEqual([]);
  expect(incidents.map(({ updates }) => updates.map(({ at }) => new Date(at).toISOString()))).toEqual([
    ['2022-12-04T00:00:00.000Z', '2022-12-05T00:00:00.000Z'],
    ['2022-12-06T00:00:00.000Z', '2022-12-08T00:00:00.000Z'],
    ['2022-12-07T23:00:00.000Z'],
  ]);
  expect(incidents.every(({ status }) => status === 'resolved')).toBe(true);
});

it('it is said that what people wrote is in issues, and what was down when it was saved', () => {
  const state = { path: 'history/mail.yml', text: 'url: x\nstatus: down\n' };
  const { notes } = importUpptime([CONFIG, summary({}), state], null);
  expect(notes).toEqual([
    { file: 'history/mail.yml', message: expect.stringContaining('It was "down" when this was saved.') },
    {
      file: 'history/summary.json',
      message: expect.stringContaining('https://github.com/Nordhost/uptime/issues'),
    },
  ]);
});

it('services that are watched no more keep their history', () => {
  const { files, notes } = importUpptime([CONFIG, summary({ '2022-07-08': 1 }, 'Fax')], null);
  expect(files[0]!.text).toContain('components: [shop]\n');
  expect(notes[0]!.message).toContain('No longer among `sites`');
});

it('files that can not be read are named, and nothing breaks', () => {
  for (const text of [
    'no json',
    '[1, null, {"name": "A", "dailyMinutesDown": {"soon": 1, "2022-13-40": 2}}]',
    '{}',
  ]) {
    const { unread, files } = importUpptime([{ path: 'history/summary.json', text }], null);
    expect(files.at(-1)!.path).toBe('status.config.yml');
    expect(unread).toHaveLength(1);
  }
});

it('the same files give the same bytes, in whatever order they come', () => {
  const files = [CONFIG, summary({ '2022-07-08': 1, '2022-07-01': 5 })];
  expect(importUpptime(files.toReversed(), null)).toEqual(importUpptime(files, null));
});
