import type { SiteReading } from '../../src/content/read-site.ts';
import type { IncidentStatus } from '../../src/domain/incident-status.ts';
import type { SiteStatus } from '../../src/domain/status.ts';
import type { Case, Published } from './case.ts';

/** What is wrong with the reading of a case; empty: it passes. */
export function judge(one: Case, reading: SiteReading, status: SiteStatus): string[] {
  return [
    ...judgeFaults(one, reading),
    ...(one.published === null
      ? status.incidents.map(({ incident }) => `published, but should not be: ${incident.slug}`)
      : [one.published, ...one.published_also].flatMap((published) => judgePublished(published, status))),
  ];
}

function judgeFaults(one: Case, { faults }: SiteReading): string[] {
  const reasons: string[] = [];
  const worst = faults.some(({ level }) => level === 'error')
    ? 'error'
    : faults.length > 0
      ? 'warning'
      : 'ok';
  if (![one.level, ...one.level_also].includes(worst)) {
    reasons.push(
      `level ${worst}, expected ${one.level} (${faults.map(({ code, line }) => `${code}:${line}`).join(', ') || 'no fault'})`,
    );
  }
  if (one.level === 'ok') return reasons;
  const mentions = (text: string) =>
    one.must_mention.length === 0 || one.must_mention.some((word) => text.toLowerCase().includes(word));
  const inPlace = faults.filter(
    (fault) =>
      (one.file === null || fault.file === `incidents/${one.file}`) &&
      (one.line === null || fault.line === one.line),
  );
  if (!inPlace.some(({ message, code }) => mentions(`${code} ${message}`))) {
    reasons.push(
      `no fault at ${one.file}:${one.line ?? '*'} that mentions ${one.must_mention.join(' | ')}; there are ${faults.map(({ code, line, message }) => `${code}:${line} "${message}"`).join('; ')}`,
    );
  }
  return reasons;
}

function judgePublished(published: Published, status: SiteStatus): string[] {
  const reasons: string[] = [];
  const expect = (what: string, got: unknown, wanted: unknown) => {
    if (wanted !== undefined && JSON.stringify(got) !== JSON.stringify(wanted))
      reasons.push(`${what}: ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
  };
  expect('overall not green', status.indicator !== 'none', published.overall_not_green);
  for (const [id, wanted] of Object.entries(published.components ?? {})) {
    const got = status.components[id]?.state;
    if (wanted.startsWith('!') ? got === undefined || got === wanted.slice(1) : got !== wanted)
      reasons.push(`component ${id}: ${got}, expected ${wanted}`);
  }
  const found = find(published, status);
  if (found === undefined) {
    if (published.title !== undefined || published.slug !== undefined) {
      reasons.push(
        `not published: ${published.slug ?? published.title}; there are ${status.incidents.map(({ incident }) => `${incident.slug} "${incident.title}"`).join(', ')}`,
      );
    }
    return reasons;
  }
  expect('title', found.incident.title, published.title);
  expect('open', found.phase === 'open' || found.phase === 'upcoming', published.open);
  expect('status', found.status, published.status);
  expect('impact', found.impact, published.impact);
  expect(
    'next update',
    found.incident.nextUpdate,
    published.next_update === undefined ? undefined : Date.parse(published.next_update),
  );
  const own = found.updates.filter(({ clock }) => clock === null);
  expect('number of updates', own.length, published.updates?.length ?? published.updates_count);
  for (const [index, wanted] of (published.updates ?? []).entries()) {
    const got = own[index];
    expect(`time of update ${index + 1}`, got?.at, Date.parse(wanted.at));
    expect(`status of update ${index + 1}`, got?.status, wanted.status);
  }
  return reasons;
}

function find(published: Published, { incidents }: SiteStatus): IncidentStatus | undefined {
  if (published.slug !== undefined) return incidents.find(({ incident }) => incident.slug === published.slug);
  if (published.title !== undefined)
    return incidents.find(({ incident }) => incident.title === published.title);
  return incidents.length === 1 ? incidents[0] : undefined;
}
