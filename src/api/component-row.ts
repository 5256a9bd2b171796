import type { Instant } from '../domain/incident.ts';
import { isGroup, localText } from '../domain/site.ts';
import type { ComponentState } from '../domain/words.ts';
import type { ApiContext } from './context.ts';
import type { ComponentPayload } from './payload.ts';
import type { Placed } from './placed.ts';
import { payloadState } from './vocabulary.ts';

/** The row of a component or group in a state that it has had since `changed`. */
export function componentRow(
  { site, ids, began, instant }: ApiContext,
  { component, group, position }: Placed,
  state: ComponentState,
  changed: Instant,
): ComponentPayload {
  const { name, description } = component;
  const parts = isGroup(component) ? component.components : null;
  return {
    id: ids.component(component.id),
    name: localText(name, site.language, site),
    status: payloadState(state),
    created_at: instant(began),
    updated_at: instant(Math.max(changed, began)),
    position,
    description: description === null ? null : localText(description, site.language, site),
    showcase: parts === null,
    start_date: null,
    group_id: group === null ? null : ids.component(group.id),
    page_id: ids.page,
    group: parts !== null,
    only_show_if_degraded: false,
    ...(parts !== null && { components: parts.map(({ id }) => ids.component(id)) }),
  };
}

/** Every component and group as it is now, by its id in the config, in the order of the page. */
export function componentRows(context: ApiContext): Map<string, ComponentPayload> {
  const { status } = context;
  const changes = lastChanges(context);
  const rows = new Map<string, ComponentPayload>();
  for (const [id, placed] of context.placed) {
    const { component } = placed;
    const grouped = isGroup(component);
    const state = grouped ? status.groups[id]! : status.components[id]!.state;
    const parts = grouped ? component.components : [component];
    const changed = Math.max(0, ...parts.map((part) => changes.get(part.id) ?? 0));
    rows.set(id, componentRow(context, placed, state, changed));
  }
  return rows;
}

/** When an incident last changed the state of each component. */
function lastChanges({ status, reports }: ApiContext): Map<string, Instant> {
  const changes = new Map<string, Instant>();
  for (const { component, from, to } of reports.flatMap(({ spans }) => spans)) {
    for (const at of [from, to]) {
      if (at !== null && at <= status.now && at > (changes.get(component) ?? -Infinity)) {
        changes.set(component, at);
      }
    }
  }
  return changes;
}
