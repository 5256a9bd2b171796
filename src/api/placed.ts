import { type Component, type ComponentGroup, isGroup, type Site } from '../domain/site.ts';

/** A component or group of the site, and where it stands. */
export interface Placed {
  component: Component | ComponentGroup;
  /** The group that it is in. */
  group: ComponentGroup | null;
  /** From 1, within its group or among groups and loose components. */
  position: number;
}

/** Groups and components by id, in the order of the page, each group before what is in it. */
export function placedComponents(site: Site): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const [index, entry] of site.components.entries()) {
    placed.set(entry.id, { component: entry, group: null, position: index + 1 });
    if (!isGroup(entry)) continue;
    for (const [place, component] of entry.components.entries()) {
      placed.set(component.id, { component, group: entry, position: place + 1 });
    }
  }
  return placed;
}
