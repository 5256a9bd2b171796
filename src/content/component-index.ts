import { isGroup, type Site } from '../domain/site.ts';
import { fold } from './fold.ts';
import { nearest } from './suggest.ts';

/** What a name in a file stands for. */
export interface ComponentMatch {
  /** Ids of components, in the order of the page; never empty, unless a group is. */
  ids: string[];
  /** The name is a group's: all its components are meant. */
  group: boolean;
}

/** Finds components by id or by name in any language of the site, without regard to case, spaces and hyphens. */
export class ComponentIndex {
  readonly #byId = new Map<string, ComponentMatch>();
  readonly #byName = new Map<string, ComponentMatch>();
  readonly #groups = new Map<string, ComponentMatch>();
  /** Ids and names as the config spells them, ids first. */
  readonly #spellings: string[] = [];

  constructor(site: Site) {
    const names: string[] = [];
    for (const entry of site.components) {
      if (isGroup(entry)) {
        const ids = entry.components.map((component) => component.id);
        for (const name of [entry.id, ...Object.values(entry.name)]) {
          const known = this.#groups.get(fold(name))?.ids ?? [];
          this.#groups.set(fold(name), { ids: [...new Set([...known, ...ids])], group: true });
          names.push(name);
        }
      }
      for (const component of isGroup(entry) ? entry.components : [entry]) {
        this.#byId.set(fold(component.id), { ids: [component.id], group: false });
        this.#spellings.push(component.id);
        for (const name of Object.values(component.name)) {
          const key = fold(name);
          const known = this.#byName.get(key)?.ids ?? [];
          if (!known.includes(component.id))
            this.#byName.set(key, { ids: [...known, component.id], group: false });
          names.push(name);
        }
      }
    }
    this.#spellings.push(...names);
  }

  /** An id wins over a name, a component over a group. */
  find(name: string): ComponentMatch | null {
    const key = fold(name);
    return this.#byId.get(key) ?? this.#byName.get(key) ?? this.#groups.get(key) ?? null;
  }

  /** The id or name that was likely meant. */
  near(name: string): string | null {
    return nearest(name, this.#spellings);
  }
}
