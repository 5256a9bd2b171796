import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Statuspage } from 'statuspage.io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../unit/api/answer-schema.ts';
import { buildSite, filesBelow, runBuild, snapshot, type TestSite } from './harness.ts';
import { SAMPLE_SITE } from './sample-site.ts';
import { type StaticHost, serveFolder } from './static-host.ts';

const UNREADABLE = '---\ntitle: Nobody can read this\nstatus: [\n\n';
const LEAK = `---
title: A key in a report
status: investigating
components: [api]
---

## 2026-11-21 18:00 investigating

The key was AKIAYVP4CIPPERUVIFXG, see [the guide](https://x.example/guide).
`;

let site: TestSite;
let host: StaticHost;

beforeAll(async () => {
  const built = await buildSite({
    ...SAMPLE_SITE,
    'incidents/2026-11-21-unreadable.md': UNREADABLE,
    'incidents/2026-11-21-leak.md': LEAK,
  });
  expect(built).toMatchObject({ code: 0, stderr: '' });
  site = built;
  host = await serveFolder(built.outDir, '/');
});

afterAll(() => host?.close());

async function answer(path: string) {
  return JSON.parse(await readFile(join(site.outDir, 'api/v2', `${path}.json`), 'utf8'));
}

const names = (all: { name: string }[]) => all.map(({ name }) => name);

describe('the API that a build makes', () => {
  it('has every endpoint, and a file for each incident and maintenance, all as Statuspage shapes them', async () => {
    const paths = (await filesBelow(join(site.outDir, 'api/v2'))).map((path) => path.replace(/\.json$/, ''));
    expect(paths.filter((path) => !/^incidents\/[a-z0-9]{12}$/.test(path))).toEqual([
      'components',
      'incidents',
      'incidents/unresolved',
      'scheduled-maintenances',
      'scheduled-maintenances/active',
      'scheduled-maintenances/upcoming',
      'status',
      'summary',
    ]);
    expect(paths).toHaveLength(8 + 6);
    const faults = await Promise.all(paths.map(async (path) => faultsOf(path, await answer(path))));
    expect(faults.flat()).toEqual([]);
  });

  it('names the file of each incident by its id', async () => {
    const { incidents } = await answer('incidents');
    for (const incident of incidents) {
      expect((await answer(`incidents/${incident.id}`)).incident).toEqual(incident);
    }
  });

  it('is in the site’s own language', async () => {
    const { incidents } = await answer('incidents/unresolved');
    const outage = incidents.find(({ name }: { name: string }) => name.startsWith('Rechenzentrum'));
    expect(outage.incident_updates[0].body).toBe(
      'Die Notstromaggregate sind nicht angesprungen, siehe Lageplan (https://status.nordhost.example/plan.png) und https://nordhost.example.',
    );
  });

  it('has a file that can’t be read as an open incident', async () => {
    const { incidents } = await answer('incidents/unresolved');
    expect(names(incidents)).toContain('Nobody can read this');
  });

  it('leaves black what the page blacks out', async () => {
    const { incidents } = await answer('incidents/unresolved');
    const leak = incidents.find(({ name }: { name: string }) => name === 'A key in a report');
    expect(leak.incident_updates[0].body).toMatch(/^The key was █+, see the guide/);
  });

  it('has the same bytes at another time, and from an empty cache', async () => {
    const apiFiles = async () =>
      Object.entries(await snapshot(site.outDir)).filter(([path]) => path.startsWith('api/'));
    const before = await apiFiles();
    const later = await runBuild(site, { env: { STATUS_NOW: '2026-11-21T18:55:00Z' } });
    expect(later.code, later.stderr).toBe(0);
    expect(await apiFiles()).toEqual(before);
    const cold = await runBuild(site, { args: ['--force'] });
    expect(cold.code, cold.stderr).toBe(0);
    expect(await apiFiles()).toEqual(before);
  });
});

describe('the client "statuspage.io"', () => {
  const client = () => {
    const made = new Statuspage('nordhost');
    made.setApiUrl(host.url);
    return made.api;
  };

  it('reads the summary, the status and the components', async () => {
    const { getSummary, getStatus, getComponents } = client();
    const { page, status } = await getStatus();
    expect(page).toMatchObject({ name: 'Nordhost', url: 'https://status.nordhost.example' });
    expect(status).toEqual({ indicator: 'critical', description: 'Major System Outage' });
    const { components } = await getComponents();
    expect(names(components)).toEqual(['Rechenzentrum Dresden', 'Webhosting', 'Mail', 'API']);
    expect(await getSummary()).toMatchObject({ page, status, components });
  });

  it('reads incidents, the unresolved among them, and maintenances', async () => {
    const { incidents, scheduledMaintenances } = client();
    expect(names((await incidents.getAll()).incidents)).toHaveLength(5);
    expect(names((await incidents.getUnresolved()).incidents)).toHaveLength(3);
    const { scheduled_maintenances } = await scheduledMaintenances.getUpcoming();
    expect(scheduled_maintenances).toMatchObject([
      { name: 'Tausch des Kern-Routers', scheduled_for: '2026-11-25T22:00:00.000+01:00' },
    ]);
    expect((await scheduledMaintenances.getAll()).scheduled_maintenances).toHaveLength(1);
  });
});
