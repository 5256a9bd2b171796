import type { Incident } from './incident.ts';
import { isGroup, type Site } from './site.ts';

/** Ids of the components that an incident ever touched: those that it names, and those that an update gives a state. */
export function touchedComponents({ components, updates }: Incident): Set<string> {
  const touched = new Set(components.map(({ id }) => id));
  for (const { states } of updates) for (const id of Object.keys(states)) touched.add(id);
  return touched;
}

/** The same with the groups of these components. Ids of components and groups of one site are never alike. */
export function touchedEntries(incident: Incident, site: Site): Set<string> {
  const touched = touchedComponents(incident);
  for (const entry of site.components) {
    if (isGroup(entry) && entry.components.some(({ id }) => touched.has(id))) touched.add(entry.id);
  }
  return touched;
}
