import type { ComponentRef } from '../domain/incident.ts';
import { type ComponentState, worseState } from '../domain/words.ts';
import type { Section } from './body.ts';
import type { Problem } from './fault.ts';
import { fold } from './fold.ts';
import type { Frontmatter } from './frontmatter-values.ts';
import { warning } from './problem.ts';
import type { ReadContext } from './read-context.ts';
import { replacement, short, type Value, type Word } from './yaml-map.ts';

/** Components that a file names. */
export interface NamedComponents {
  /** In the order of the file, each id once. */
  components: ComponentRef[];
  /** Names that the config does not know, as written, each once. */
  unknown: string[];
  /** Offsets are those of the text that the words came from. */
  problems: Problem[];
}

interface Named {
  name: Word;
  state: Word | null;
}

/** Reads `components` of a frontmatter: a list of names, or a map to states, or what hurried people make of them. */
export function readComponents(frontmatter: Frontmatter, context: ReadContext): NamedComponents {
  const found = new Collector(context);
  for (const entry of frontmatter.all('components')) {
    for (const { name, state } of namesIn(frontmatter, entry.value, context, found.problems))
      found.add(name, state);
  }
  return found.result();
}

/** Component states in an update's heading, by id. Offsets of the problems are into the body. */
export function readHeadingStates(
  section: Section,
  context: ReadContext,
): { states: Map<string, ComponentState>; unknown: string[]; problems: Problem[] } {
  const found = new Collector(context);
  for (const entry of section.states) {
    const state = { text: entry.value, start: entry.valueStart, end: entry.valueEnd };
    found.add(
      { text: entry.name, start: entry.nameStart, end: entry.nameEnd },
      entry.value.trim() === '' ? null : state,
    );
  }
  const { components, unknown, problems } = found.result();
  const states = new Map<string, ComponentState>();
  for (const { id, state } of components) if (state !== null) states.set(id, state);
  return { states, unknown, problems };
}

class Collector {
  readonly problems: Problem[] = [];
  readonly #context: ReadContext;
  readonly #refs = new Map<string, ComponentRef>();
  readonly #unknown = new Map<string, string>();

  constructor(context: ReadContext) {
    this.#context = context;
  }

  add(name: Word, given: Word | null): void {
    const state = given === null ? null : readState(given, this.#context, this.problems);
    const match = this.#context.components.find(name.text);
    if (match === null) {
      this.#unknownName(name);
      return;
    }
    if (match.group) {
      this.#report(
        name,
        'group-as-component',
        `"${name.text}" is a group: all its components are meant. Name the ones that are concerned.`,
        match.ids.join(', '),
      );
    } else if (match.ids.length > 1) {
      this.#report(
        name,
        'ambiguous-component',
        `${match.ids.length} components are called "${name.text}"; all are meant. Write the id of the one that is concerned.`,
        match.ids.join(', '),
      );
    }
    for (const id of match.ids) {
      const known = this.#refs.get(id);
      if (known === undefined) this.#refs.set(id, { id, state });
      else if (state !== null) known.state = known.state === null ? state : worseState(known.state, state);
    }
  }

  #unknownName(name: Word): void {
    if (name.text === '') return;
    const near = this.#context.components.near(name.text);
    const advice = near === null ? ' Write an id or a name from the config.' : ` Did you mean "${near}"?`;
    this.#report(
      name,
      'unknown-component',
      `"${short(name.text)}" is not a component of this site.${advice}`,
      `"${short(name.text)}", without a state in the list of services`,
    );
    this.#unknown.set(fold(name.text), name.text);
  }

  #report(place: Word, code: string, message: string, publishedAs: string): void {
    this.problems.push(
      warning(place.start, Math.max(place.end, place.start + 1), code, message, { publishedAs }),
    );
  }

  result(): NamedComponents {
    return {
      components: [...this.#refs.values()],
      unknown: [...this.#unknown.values()],
      problems: this.problems,
    };
  }
}

/** A component state; an unknown word is never better than degraded performance. */
function readState(word: Word, { vocabulary }: ReadContext, problems: Problem[]): ComponentState | null {
  if (word.text === '') return null;
  const known = vocabulary.readState(word.text);
  if (known !== null) return known;
  const near = vocabulary.nearState(word.text);
  const state = near === null ? 'major outage' : worseState(near.value, 'degraded performance');
  problems.push(
    warning(
      word.start,
      Math.max(word.end, word.start + 1),
      'unknown-state',
      `"${short(word.text)}" is not a component state.${near === null ? ' Known ones are: operational, under maintenance, degraded performance, partial outage, major outage.' : ` Did you mean "${near.word}"?`}`,
      { publishedAs: state },
    ),
  );
  return state;
}

function namesIn(frontmatter: Frontmatter, value: Value, context: ReadContext, problems: Problem[]): Named[] {
  const { reader } = frontmatter;
  if (reader.isEmpty(value)) return [];
  if (reader.isMap(value)) return namesInMap(frontmatter, value);
  const items = reader.items(value);
  const isWhole = (text: string) => context.components.find(text) !== null;
  if (items === null) {
    const single = reader.text(value);
    if (single === null) return [];
    const known = byOtherSeparators(single, context);
    if (known === null)
      return reader.words('components', value, isWhole).map((name) => ({ name, state: null }));
    const list = known.map(({ text }) => text).join(', ');
    problems.push(
      warning(single.start, single.end, 'not-a-list', `"components" is a list: write [${list}].`, {
        fix: replacement(single, `[${list}]`),
      }),
    );
    return known.map((name) => ({ name, state: null }));
  }
  const named: Named[] = [];
  const maps = items.filter((item) => reader.isMap(item));
  if (maps.length > 0) problems.push(mapsInList(frontmatter, value, items, maps));
  for (const item of items) named.push(...namesInItem(frontmatter, item, isWhole, 0));
  return named;
}

function namesInMap(frontmatter: Frontmatter, value: Value): Named[] {
  const { reader } = frontmatter;
  const entries = reader.entries(value) ?? [];
  // `{ id: mail, state: major outage }` describes one component.
  const id = entries.find((entry) => ['id', 'name', 'component'].includes(fold(entry.key)));
  const state = entries.find((entry) => ['state', 'status'].includes(fold(entry.key)));
  if (id !== undefined && entries.length <= 2 && (entries.length === 1 || state !== undefined)) {
    const name = reader.word('components', id.value);
    if (name !== null)
      return [{ name, state: state === undefined ? null : reader.word('components', state.value) }];
  }
  return entries.map((entry) => ({
    name: { text: entry.key.trim(), start: entry.keyStart, end: Math.max(entry.keyEnd, entry.keyStart + 1) },
    state: reader.word(entry.key, entry.value),
  }));
}

function namesInItem(
  frontmatter: Frontmatter,
  item: Value,
  isWhole: (text: string) => boolean,
  depth: number,
): Named[] {
  const { reader } = frontmatter;
  if (depth > 8 || reader.isEmpty(item)) return [];
  if (reader.isMap(item)) return namesInMap(frontmatter, item);
  const nested = reader.items(item);
  if (nested !== null) {
    if (depth === 0) reader.nestedList('components', item, nested);
    return nested.flatMap((inner) => namesInItem(frontmatter, inner, isWhole, depth + 1));
  }
  const text = reader.text(item);
  if (text === null) return [];
  if (!/[,;]/.test(text.text) || isWhole(text.text.trim()))
    return [{ name: { ...text, text: text.text.trim() }, state: null }];
  return reader.parted('components', text, isWhole, true).map((name) => ({ name, state: null }));
}

/** Maps as entries of a list: read as if they were one map. */
function mapsInList(frontmatter: Frontmatter, value: Value, items: Value[], maps: Value[]): Problem {
  const first = maps[0]!;
  const states = maps.length === items.length ? maps.map((item) => namesInMap(frontmatter, item)) : [];
  const plain = states.every((names) => names.length === 1 && names[0]!.state !== null);
  const map = states.map(([named]) => `${named?.name.text}: ${named?.state?.text}`).join(', ');
  const end = frontmatter.reader.isBlock(value) ? (states.at(-1)?.[0]?.state?.end ?? value.end) : value.end;
  const simple = plain && states.length > 0 && /^[\p{L}\p{N} _.:,-]+$/u.test(map);
  return warning(
    first.start,
    Math.max(first.end, first.start + 1),
    'map-in-list',
    `"components" is a list of names, or one map from names to states, not a list of maps.${simple ? ` Write { ${map} }.` : ' Write { mail: major outage, web: partial outage }.'}`,
    { fix: simple ? replacement({ start: value.start, end }, `{ ${map} }`) : null },
  );
}

/** `mail and web`, `mail/web`, `mail web`: read so only where every part is known. */
function byOtherSeparators(single: Word, context: ReadContext): Word[] | null {
  if (context.components.find(single.text) !== null) return null;
  for (const separator of [/\s+(?:und|and|&|\+)\s+/gi, /\s*[/|+&]\s*/g, /\s+/g]) {
    const words: Word[] = [];
    let from = 0;
    for (const match of [...single.text.matchAll(separator), null]) {
      const to = match?.index ?? single.text.length;
      words.push({
        text: single.text.slice(from, to).trim(),
        start: single.start + from,
        end: single.start + to,
      });
      from = to + (match?.[0].length ?? 0);
    }
    if (
      words.length > 1 &&
      words.length < 100 &&
      words.every(({ text }) => context.components.find(text) !== null)
    )
      return words;
  }
  return null;
}
