import { freeId } from './free-id.ts';
import type { ComponentDraft, SiteDraft } from './site-text.ts';
import type { StatuspageContext } from './statuspage-incident.ts';
import type { ComponentPayload, PagePayload } from './statuspage-payload.ts';
import { isTimeZone } from './time-zone.ts';

/** A config made from a page of Statuspage, and what was assumed. */
export interface StatuspageSite {
  site: SiteDraft;
  context: StatuspageContext;
  notes: string[];
}

const PLACEHOLDER = 'https://status.example.com';

/**
 * Makes the config of a page. Groups and components stand in the order of the page; a name that several components
 * have gives ids with the group's name before it. `zone`: the zone of the new site, null: the page's, else UTC.
 */
export function readStatuspageSite(
  page: PagePayload | null,
  payloads: ComponentPayload[],
  zone: string | null,
): StatuspageSite {
  const notes: string[] = [];
  const named = page?.timeZone ?? null;
  const url = page?.url?.replace(/\/+$/, '') ?? '';
  const isUrl = /^https?:\/\//i.test(url) && URL.canParse(url);
  if ((page?.name ?? null) === null)
    notes.push('No file names the page: it is called "Status". Change `name`.');
  if (!isUrl) notes.push(`No file says where readers find the page: \`url\` is ${PLACEHOLDER}. Change it.`);
  if (zone === null && (named === null || !isTimeZone(named)))
    notes.push('No file names a time zone: it is UTC. Name another one with --timezone.');
  notes.push(
    'Statuspage does not say in which language a page is: `language` is en. Change it where it is another.',
  );

  const byPosition = (a: ComponentPayload, b: ComponentPayload) => a.position - b.position;
  const known = new Map<string, ComponentPayload>();
  for (const one of payloads) if (!known.has(one.id)) known.set(one.id, one);
  const all = [...known.values()];
  const groups = new Map(all.filter(({ isGroup }) => isGroup).map((group) => [group.id, group]));
  const groupOf = ({ groupId }: ComponentPayload) => (groupId === null ? undefined : groups.get(groupId));
  const times = new Map<string, number>();
  for (const { isGroup, name } of all) if (!isGroup) times.set(name, (times.get(name) ?? 0) + 1);

  const taken = new Set<string>();
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  const draft = (component: ComponentPayload): ComponentDraft => {
    const { name, description } = component;
    const group = groupOf(component);
    const isAlone = times.get(name) === 1;
    const id = freeId(isAlone || group === undefined ? name : `${group.name} ${name}`, taken);
    ids.set(component.id, id);
    if (isAlone) names.set(name, id);
    if (group !== undefined) names.set(`${group.name} - ${name}`, id);
    return { id, name, description };
  };
  const components: SiteDraft['components'] = [];
  for (const entry of all.filter((one) => one.isGroup || groupOf(one) === undefined).toSorted(byPosition)) {
    if (!entry.isGroup) {
      components.push(draft(entry));
      continue;
    }
    const members = all
      .filter((one) => !one.isGroup && groupOf(one) === entry)
      .toSorted(byPosition)
      .map(draft);
    if (members.length === 0) notes.push(`The group "${entry.name}" is empty: left behind.`);
    else
      components.push({
        id: freeId(entry.name, taken),
        name: entry.name,
        description: entry.description,
        components: members,
      });
  }
  return {
    site: {
      name: page?.name ?? 'Status',
      url: isUrl ? url : PLACEHOLDER,
      timezone: zone ?? (named !== null && isTimeZone(named) ? named : 'UTC'),
      language: 'en',
      languages: [],
      components,
      links: [],
    },
    context: {
      ids,
      names,
      groups: new Map([...groups].map(([id, { name }]) => [id, name])),
      url: isUrl ? `${url}/` : '',
    },
    notes,
  };
}
