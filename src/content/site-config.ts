import { parseDocument } from 'yaml';
import type { Hosting, Target } from '../domain/hosting.ts';
import {
  type Component,
  type ComponentGroup,
  type LocalText,
  type Site,
  UPTIME_RULE,
  type UptimeRule,
} from '../domain/site.ts';
import { slugKey, slugOf } from '../domain/slug.ts';
import { refusalOfAddress } from '../domain/target-address.ts';
import { readLimit, readTimestamp } from '../domain/time.ts';
import { CONFIG_SHAPE, type Config, configSchema, hostOf, TARGET_KINDS } from './config-schema.ts';
import { conflictIn, conflictProblem, withoutConflict } from './conflict.ts';
import { decode, withoutControlCharacters } from './decode.ts';
import type { Fault, Problem } from './fault.ts';
import { fold } from './fold.ts';
import { faultsOf } from './locate.ts';
import { error, moved, warning } from './problem.ts';
import { isSingle, type Shape } from './shape.ts';
import { nearest } from './suggest.ts';
import { truthOf } from './truth.ts';
import { type Entry, replacement, short, type Value, type YamlReader } from './yaml-map.ts';
import { YAML_OPTIONS } from './yaml-scalar.ts';
import { readYaml } from './yaml-source.ts';

/** The name of the config's file, below the site's folder. */
export const CONFIG_FILE = 'status.config.yml';

/** Some thousands of components with descriptions. */
const LONGEST = 500_000;

interface Place {
  start: number;
  end: number;
}

/** What a YAML value is as plain data; maps have no prototype. */
type Plain = string | Plain[] | { [key: string]: Plain };

/**
 * Reads `status.config.yml`. Total: what can't be read is left out or stands at its default, each with a fault;
 * a site comes out in any case, so that nothing is silenced (law 1). `fallbackName`: the name of a site whose config
 * gives none.
 */
export function readSiteConfig(
  bytes: Uint8Array,
  fallbackName = 'Status',
): { site: Site; hosting: Hosting; faults: Fault[] } {
  const { text: decoded, problems: encoding } = decode(bytes);
  const clean = withoutControlCharacters(decoded);
  const whole = clean.text.replace(/\r(?!\n)/g, '\n');
  const problems: Problem[] = [...encoding, ...clean.problems];
  const conflict = conflictIn(whole);
  const text = conflict === null ? whole : withoutConflict(whole, conflict);
  if (conflict !== null) problems.push(moved(conflictProblem(conflict), clean.toDecoded));
  if (text.trim() === '') {
    problems.push(
      error(0, 1, 'empty-file', 'The config is empty: the site has no name, address and components.', {
        publishedAs: fallbackName,
      }),
    );
    return {
      site: siteWithoutConfig(fallbackName),
      hosting: NO_HOSTING,
      faults: faultsOf(problems, CONFIG_FILE, decoded),
    };
  }
  const { from, to } = yamlPart(text);
  const yaml = readYaml(text.slice(from, to), CONFIG_SHAPE, {
    longest: LONGEST,
    advice: 'Shorten it: join components that fail together.',
    parse: parseConfig,
    toFile: (offset) => clean.toDecoded(from + offset),
  });
  problems.push(...yaml.problems);

  const reading = new ConfigReading(yaml.reader, problems);
  const plain = reading.map(yaml.entries, CONFIG_SHAPE, []);
  const rawName = yaml.raw
    .get('name')
    ?.text.replace(/^["'„“]+|["'“”]+$/g, '')
    .trim();
  if (plain.name === undefined && rawName !== undefined && rawName !== '') plain.name = rawName;
  const hidden = reading.addresses(plain);
  const config = reading.validated(plain, fallbackName, {
    start: clean.toDecoded(from),
    end: clean.toDecoded(from) + 1,
  });
  const site = reading.site(config);
  problems.push(...yaml.reader.problems);
  return {
    site,
    hosting: hostingOf(config, site),
    faults: faultsOf(
      problems.map((problem) => moved(problem, (offset) => offset)),
      CONFIG_FILE,
      veiled(decoded, hidden),
    ),
  };
}

/** The text with what stands at these places made black: no report may repeat it. */
function veiled(text: string, places: readonly Place[]): string {
  return places.reduce(
    (whole, { start, end }) =>
      whole.slice(0, start) + whole.slice(start, end).replace(/[^\r\n]/g, '█') + whole.slice(end),
    text,
  );
}

/** The site of a folder without a config that can be read. */
export function siteWithoutConfig(name: string): Site {
  return {
    name,
    url: NO_ADDRESS,
    timezone: 'UTC',
    language: 'en',
    languages: ['en'],
    components: [],
    authors: {},
    contacts: [],
    links: [],
    mirrors: [],
    logo: null,
    source: null,
    address: 'Sie',
    clock: null,
    uptime: UPTIME_RULE,
  };
}

/** The hosting of a site whose config says nothing of it. */
export const NO_HOSTING: Hosting = {
  targets: [],
  dependencies: [],
  resolvers: [],
  cname: false,
  searchEngines: null,
};

const MINUTE = 60_000;

function hostingOf(config: Config, site: Site): Hosting {
  const names = new Set<string>();
  const once = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; names.has(name.toLowerCase()); count += 1) name = `${wanted} ${count}`;
    names.add(name.toLowerCase());
    return name;
  };
  return {
    targets: config.targets.map((entry): Target => {
      const kind = TARGET_KINDS.find((candidate) => entry[candidate] !== undefined) ?? 'folder';
      const url = entry.url === undefined ? site.url : withoutTail(entry.url);
      return {
        name: once(entry.name ?? new URL(url).host),
        kind,
        to: entry[kind] ?? '',
        branch: entry.branch ?? 'pages',
        url,
        timeLimit: readLimit(entry['time-limit'] ?? '') ?? 10 * MINUTE,
        tries: Number(entry.tries ?? 3),
      };
    }),
    dependencies: Object.entries(config.dependencies).flatMap(([label, hosts]) =>
      [hosts].flat().flatMap((text) => ({ label, host: hostOf(text) ?? text })),
    ),
    resolvers: config.resolver,
    cname: truthOf(String(config.cname ?? false)) ?? false,
    searchEngines: truthOf(String(config['search-engines'])),
  };
}

/** Stands where an absolute address is needed and none is known: a name that can never be somebody's. */
const NO_ADDRESS = 'https://status.invalid';

function parseConfig(yaml: string) {
  try {
    return parseDocument(yaml, YAML_OPTIONS);
  } catch {
    return null;
  }
}

/** Fences around the whole config are passed over. */
function yamlPart(text: string): { from: number; to: number } {
  const open = /^\s*---[ \t]*\r?\n/.exec(text);
  const from = open === null ? 0 : open[0].length;
  const close = /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(from));
  return { from, to: close === null ? text.length : from + close.index };
}

/** Turns nodes into plain data and remembers where each stood. */
class ConfigReading {
  readonly #reader: YamlReader;
  readonly #problems: Problem[];
  readonly #places = new Map<string, Place>();
  readonly #ids = new Set<string>();

  constructor(reader: YamlReader, problems: Problem[]) {
    this.#reader = reader;
    this.#problems = problems;
  }

  #warn(
    place: Place,
    code: string,
    message: string,
    publishedAs: string | null = null,
    fix: Problem['fix'] = null,
  ): void {
    this.#problems.push(
      warning(place.start, Math.max(place.end, place.start + 1), code, message, { publishedAs, fix }),
    );
  }

  #place(path: PropertyKey[]): Place | null {
    for (let length = path.length; length > 0; length -= 1) {
      const place = this.#places.get(pathKey(path.slice(0, length)));
      if (place !== undefined) return place;
    }
    return null;
  }

  map(entries: Entry[], shape: Shape, path: PropertyKey[]): { [key: string]: Plain } {
    const result: { [key: string]: Plain } = Object.create(null);
    const known = Object.keys(shape.keys ?? {});
    for (const entry of entries) {
      const key = this.#key(entry, known, shape, path);
      if (key === null) continue;
      const child = shape.keys?.[key] ?? shape.names ?? {};
      const before = result[key];
      if (before !== undefined) {
        this.#warn(
          { start: entry.keyStart, end: entry.keyEnd },
          'key-twice',
          `"${key}" is given twice: it already stands above. ${Array.isArray(before) ? 'Both lists count.' : 'The later one counts.'} Delete one of the two.`,
        );
      }
      const place = [...path, key];
      const shift = Array.isArray(before) ? before.length : 0;
      const value = this.#plain(entry.value, child, place, key, shift);
      if (value === null) continue;
      this.#places.set(
        pathKey(place),
        entry.value.end > entry.value.start ? entry.value : { start: entry.keyStart, end: entry.keyEnd },
      );
      result[key] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
    }
    return result;
  }

  #key(entry: Entry, known: string[], shape: Shape, path: PropertyKey[]): string | null {
    const key = known.find((candidate) => fold(candidate) === fold(entry.key));
    if (key !== undefined) return key;
    const place = { start: entry.keyStart, end: Math.max(entry.keyEnd, entry.keyStart + 1) };
    if (shape.names !== undefined && entry.key !== '__proto__') return entry.key.trim();
    const near = entry.key.length > 80 ? null : nearest(entry.key, known);
    const where =
      path.length === 0 ? '' : ` of "${String(path.findLast((part) => typeof part === 'string') ?? '')}"`;
    const read = near !== null && this.#places.get(pathKey([...path, near])) === undefined;
    this.#warn(
      place,
      'unknown-key',
      `"${short(entry.key)}" is not a known key${where}.${near === null ? ' It is passed over.' : ` Did you mean "${near}"?`}`,
      read ? near : null,
      read ? replacement(place, near) : null,
    );
    return read ? near : null;
  }

  #plain(value: Value, shape: Shape, path: PropertyKey[], key: string, shift = 0): Plain | null {
    if (this.#reader.isEmpty(value)) return null;
    if (isSingle(shape)) return this.#reader.word(key, value)?.text ?? null;
    if (shape.item !== undefined && shape.names === undefined)
      return this.#list(value, shape.item, path, key, shift);
    const single = this.#reader.text(value);
    if (single !== null) return single.text.trim();
    const entries = this.#reader.entries(value);
    if (entries !== null) return this.map(entries, shape, path);
    if (shape.item !== undefined) return this.#list(value, shape.item, path, key, shift);
    this.#warn(value, 'not-a-map', `"${key}" is written as a map: key: value.`);
    return null;
  }

  #list(value: Value, item: Shape, path: PropertyKey[], key: string, shift: number): Plain[] | null {
    if (isSingle(item)) {
      const words = this.#reader.words(key, value);
      for (const [index, word] of words.entries()) this.#places.set(pathKey([...path, shift + index]), word);
      return words.map(({ text }) => text);
    }
    const pairs = this.#pairs(value, item, path, key, shift);
    if (pairs !== null) return pairs;
    const items = this.#reader.items(value) ?? this.#singleEntry(value, item, key);
    return items.flatMap((entry, index) => {
      const place = [...path, shift + index];
      this.#places.set(pathKey(place), entry);
      const nested = this.#reader.items(entry);
      if (nested !== null && nested.length === 1) {
        this.#reader.nestedList(key, entry, nested);
        return this.#plain(nested[0]!, item, place, key) ?? [];
      }
      return this.#plain(entry, item, place, key) ?? [];
    });
  }

  /** `mail: Mail` where `{ id: mail, name: Mail }` is meant, as a map or as entries of a list. Null: nothing of that kind. */
  #pairs(value: Value, item: Shape, path: PropertyKey[], key: string, shift: number): Plain[] | null {
    const [first, second] = item.keys?.id !== undefined ? ['id', 'name'] : ['label', 'url'];
    if (first === undefined || second === undefined || item.keys?.[second] === undefined) return null;
    const entries = this.#reader.entries(value);
    const known = Object.keys(item.keys).map(fold);
    if (entries === null || entries.length === 0) return null;
    const words = entries.map((entry) =>
      known.includes(fold(entry.key)) ? null : this.#reader.text(entry.value),
    );
    if (words.includes(null)) return null;
    this.#warn(
      { start: value.start, end: entries[0]!.value.end },
      'not-a-list',
      `"${key}" is a list of entries with "${first}" and "${second}": write - { ${first}: ${short(entries[0]!.key)}, ${second}: ${short(words[0]!.text)} }.`,
    );
    return entries.map((entry, index) => {
      for (const part of [[], [first], [second]]) {
        this.#places.set(pathKey([...path, shift + index, ...part]), {
          start: entry.keyStart,
          end: entry.value.end,
        });
      }
      return record({ [first]: entry.key.trim(), [second]: words[index]!.text.trim() });
    });
  }

  /** One entry where a list of them is meant. */
  #singleEntry(value: Value, item: Shape, key: string): Value[] {
    const entries = this.#reader.entries(value);
    const known = Object.keys(item.keys ?? {}).map(fold);
    this.#warn(value, 'not-a-list', `"${key}" is a list: begin each entry with "- ".`);
    return entries === null || entries.some((entry) => known.includes(fold(entry.key))) ? [value] : [];
  }

  /** The config as the schema has it. What the schema refuses is reported and taken out, until nothing is left to refuse. */
  validated(plain: { [key: string]: Plain }, fallbackName: string, top: Place): Config {
    this.#prepare(plain);
    for (let round = 0; round < 1000; round += 1) {
      const result = configSchema.safeParse(plain);
      if (result.success) return result.data;
      // From the back, so that what is taken out of a list does not move what is still to be looked at.
      const issues = result.error.issues.flatMap((issue) => narrowed(issue, plain)).toReversed();
      const removed: PropertyKey[][] = [];
      for (const issue of issues) {
        if (removed.some((path) => path.every((part, index) => issue.path[index] === part))) continue;
        removed.push(this.#issue(issue, plain, fallbackName, top));
      }
    }
    return configSchema.parse({ name: fallbackName, url: NO_ADDRESS });
  }

  /** Reports the addresses of targets that `npm run deploy` refuses; gives where they stand. */
  addresses(plain: { [key: string]: Plain }): Place[] {
    return list(plain.targets).flatMap((entry, index) =>
      TARGET_KINDS.flatMap((kind) => {
        const to = isRecord(entry) ? entry[kind] : undefined;
        const refusal = typeof to === 'string' ? refusalOfAddress({ kind, to }) : null;
        const place = this.#place(['targets', index, kind]);
        if (refusal === null || place === null) return [];
        this.#warn(place, 'target-address', `Nothing is published to this target. ${refusal}`);
        return [place];
      }),
    );
  }

  /** Spellings with one plain reading, mended before the schema looks. */
  #prepare(plain: { [key: string]: Plain }): void {
    const address = (value: Plain | undefined, path: PropertyKey[], set: (text: string) => void) => {
      if (typeof value !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(value)) return;
      const right = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(value)
        ? `mailto:${value}`
        : /^\+?[\d\s()/.-]{5,}$/.test(value)
          ? `tel:${value.replace(/[^\d+]/g, '')}`
          : /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/?#]\S*)?$/u.test(value)
            ? `https://${value}`
            : null;
      if (right === null) return;
      const place = this.#place(path) ?? { start: 0, end: 1 };
      this.#warn(
        place,
        'bare-address',
        `"${short(value)}" lacks the beginning of an address. Write ${right}.`,
        right,
        replacement(place, `"${right}"`),
      );
      set(right);
    };
    for (const key of ['url', 'source']) address(plain[key], [key], (text) => (plain[key] = text));
    for (const key of ['contacts', 'links']) {
      for (const [index, entry] of list(plain[key]).entries()) {
        if (isRecord(entry)) address(entry.url, [key, index, 'url'], (text) => (entry.url = text));
      }
    }
    for (const [index, entry] of list(plain.targets).entries()) {
      if (isRecord(entry)) address(entry.url, ['targets', index, 'url'], (text) => (entry.url = text));
    }
    const mirrors = list(plain.mirrors);
    for (const [index, entry] of mirrors.entries())
      address(entry, ['mirrors', index], (text) => (mirrors[index] = text));
    if (typeof plain.address === 'string')
      plain.address = { du: 'du', sie: 'Sie' }[fold(plain.address)] ?? plain.address;
    if (typeof plain.logo === 'string')
      plain.logo = plain.logo.replace(/^(?:\.?\/)+/, '').replace(/^public\//, '');
    this.#prepareComponents(plain);
  }

  /** A bare word is an id and a name; a group inside a group gives its components to the outer one. */
  #prepareComponents(plain: { [key: string]: Plain }): void {
    const named = (entry: Plain): Plain => (typeof entry === 'string' ? record({ name: entry }) : entry);
    plain.components = list(plain.components).map((entry) => {
      const component = named(entry);
      if (isRecord(component) && component.components !== undefined)
        component.components = list(component.components).map(named);
      return component;
    });
  }

  /** Reports what the schema refuses and takes it out; gives the path of what was taken out. */
  #issue(issue: Issue, plain: { [key: string]: Plain }, fallbackName: string, top: Place): PropertyKey[] {
    const { path } = issue;
    const key = String(path.findLast((part) => typeof part === 'string') ?? '');
    const value = valueAt(plain, path);
    const place = this.#place(path) ?? top;
    const needed = path.length === 1 && (key === 'name' || key === 'url' || key === 'timezone');
    const missing = value === undefined;
    let advice = sentence(issue);
    if (key === 'timezone' && typeof value === 'string') {
      const near = nearest(value, Intl.supportedValuesOf('timeZone'));
      if (near !== null) advice = `is not a time zone. Did you mean "${near}"?`;
    }
    const published =
      path.length > 1
        ? null
        : key === 'timezone'
          ? 'times in UTC'
          : key === 'name'
            ? fallbackName
            : key === 'url'
              ? NO_ADDRESS
              : null;
    const message = missing
      ? `"${key}" is missing. ${path.length === 1 ? (NEEDED[key] ?? 'Add it.') : 'The entry is left out.'}`
      : `"${key}" ${typeof value === 'string' ? `"${short(value)}" ` : ''}${advice}`;
    const details = { publishedAs: published };
    const end = Math.max(place.end, place.start + 1);
    const code = missing ? 'missing-value' : 'bad-value';
    this.#problems.push(
      needed
        ? error(place.start, end, code, message, details)
        : warning(place.start, end, code, message, details),
    );
    if (path.length === 1 && key === 'name') plain.name = fallbackName;
    else if (path.length === 1 && key === 'url') plain.url = NO_ADDRESS;
    else {
      const whole = missing || key === 'url' ? path.slice(0, -1) : path;
      this.#remove(plain, whole);
      return whole;
    }
    return path;
  }

  /** Takes a value out; the places of what follows it in a list move along. */
  #remove(plain: Plain, path: PropertyKey[]): void {
    const parent = valueAt(plain, path.slice(0, -1));
    const last = path.at(-1);
    if (last === undefined) return;
    if (isRecord(parent)) delete parent[String(last)];
    if (!Array.isArray(parent)) return;
    parent.splice(Number(last), 1);
    const depth = path.length - 1;
    const moved: [string, Place][] = [];
    for (const [key, place] of this.#places) {
      const parts = JSON.parse(key) as (string | number)[];
      const index = parts[depth];
      const below = parts.length > depth && path.slice(0, depth).every((part, i) => part === parts[i]);
      if (!below || typeof index !== 'number' || index < Number(last)) moved.push([key, place]);
      else if (index > Number(last)) {
        parts[depth] = index - 1;
        moved.push([pathKey(parts), place]);
      }
    }
    this.#places.clear();
    for (const [key, place] of moved) this.#places.set(key, place);
  }

  site(config: Config): Site {
    const language = canonical(config.language);
    const languages = [...new Set([language, ...(config.languages ?? []).map(canonical)])];
    const local = (text: string | Record<string, string>): LocalText => this.#local(text, language);
    const clock = this.#instant(['clock'], config.clock, config, "the machine's clock");
    return {
      name: config.name,
      url: withoutTail(config.url),
      timezone: config.timezone,
      language,
      languages,
      components: this.#components(config, local),
      authors: config.authors,
      contacts: config.contacts.map(({ label, url }) => ({ label: local(label), url })),
      links: config.links.map(({ label, url }) => ({ label: local(label), url })),
      mirrors: config.mirrors.map(withoutTail),
      logo: config.logo ?? null,
      source: config.source === undefined ? null : withoutTail(config.source),
      address: config.address,
      clock,
      uptime: this.#uptime(config),
    };
  }

  #uptime(config: Config): UptimeRule {
    const { show, weights = {}, since } = config.uptime;
    const given = Object.entries(weights).map(([state, weight]) => [state, Number(weight)]);
    return {
      show: truthOf(String(show ?? true)) ?? true,
      weights: { ...UPTIME_RULE.weights, ...Object.fromEntries(given) },
      since: this.#instant(['uptime', 'since'], since, config, 'the first incident'),
    };
  }

  /** A timestamp; one that can't be read is reported and counts as not given. */
  #instant(path: string[], text: string | undefined, config: Config, publishedAs: string): number | null {
    if (text === undefined) return null;
    const reading = readTimestamp(text, config.timezone);
    if (reading.ok) return reading.at;
    const place = this.#place(path);
    const advice = reading.suggestion === null ? '' : ` Did you mean "${reading.suggestion}"?`;
    if (place !== null)
      this.#warn(
        place,
        'unreadable-time',
        `"${short(text)}" can't be read as a time: ${reading.message}${advice}`,
        publishedAs,
      );
    return null;
  }

  #components(
    config: Config,
    local: (text: string | Record<string, string>) => LocalText,
  ): (ComponentGroup | Component)[] {
    const read = (
      entry: Config['components'][number],
      path: PropertyKey[],
    ): ComponentGroup | Component | null => {
      const name = entry.name ?? entry.id;
      if (name === undefined) {
        this.#warn(
          this.#place(path) ?? { start: 0, end: 1 },
          'missing-value',
          'This component has neither name nor id; it is left out. Write a name.',
        );
        return null;
      }
      const shared = {
        id: this.#id(entry.id, local(name), path),
        name: local(name),
        description: entry.description === undefined ? null : local(entry.description),
      };
      if (!('components' in entry)) return { ...shared, hosts: entry.hosts ?? [] };
      const components = entry.components.flatMap(
        (component, index) => read(component, [...path, 'components', index]) ?? [],
      );
      return { ...shared, components: components as Component[] };
    };
    return config.components.flatMap((entry, index) => read(entry, ['components', index]) ?? []);
  }

  /** The id given, else one made from the name; each once, without regard to case. */
  #id(given: string | undefined, name: LocalText, path: PropertyKey[]): string {
    const wanted = given ?? Object.values(name)[0] ?? '';
    const slug = given === undefined ? slugOf(wanted).toLowerCase() : slugOf(wanted);
    const place = this.#place([...path, 'id']) ?? this.#place(path) ?? { start: 0, end: 1 };
    if (given !== undefined && slug !== given) {
      this.#warn(
        place,
        'bad-id',
        `An id is part of addresses: letters, digits, ".", "_" and "-". Write ${slug}.`,
        slug,
        replacement(place, slug),
      );
    }
    let id = slug;
    for (let count = 2; this.#ids.has(slugKey(id)); count += 1) id = `${slug}-${count}`;
    this.#ids.add(slugKey(id));
    if (id !== slug)
      this.#warn(
        place,
        'duplicate-id',
        `Two components or groups have the id "${slug}"; an id must be unique. Give one of them another.`,
        id,
      );
    return id;
  }

  #local(text: string | Record<string, string>, language: string): LocalText {
    if (typeof text === 'string') return { [language]: text };
    const entries = Object.entries(text).map(([tag, words]): [string, string] => [canonical(tag), words]);
    const own = entries.find(([tag]) => tag === language) ?? entries[0];
    return Object.fromEntries(
      own === undefined || own[0] === language ? entries : [[language, own[1]], ...entries],
    );
  }
}

interface Issue {
  path: PropertyKey[];
  code?: string | undefined;
  message: string;
  expected?: unknown;
  /** Of a choice of forms: what each form complains about, with paths from here. */
  errors?: Issue[][] | undefined;
}

const NEEDED: Record<string, string> = {
  name: 'Write the name of the company or service.',
  url: 'Write where readers find the page: url: https://status.example.org.',
};

/** What the schema says, as the rest of a sentence about the value. */
function sentence(issue: Issue): string {
  if (issue.code === 'custom' || issue.code === 'too_small') return issue.message;
  if (issue.code === 'invalid_value') return 'is not one of: du, Sie.';
  if (issue.code === 'invalid_type' && issue.expected === 'string')
    return 'is a single text, not a list or map.';
  if (issue.code === 'invalid_type' && issue.expected === 'array')
    return 'is a list: begin each entry with "- ".';
  return 'has another form than the one that is expected here.';
}

function pathKey(path: PropertyKey[]): string {
  return JSON.stringify(path);
}

function record(entries: Record<string, Plain>): { [key: string]: Plain } {
  return Object.assign(Object.create(null), entries);
}

function isRecord(value: Plain | undefined): value is { [key: string]: Plain } {
  return typeof value === 'object' && !Array.isArray(value);
}

function list(value: Plain | undefined): Plain[] {
  return Array.isArray(value) ? value : [];
}

function valueAt(plain: Plain | undefined, path: PropertyKey[]): Plain | undefined {
  let value = plain;
  for (const part of path) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isRecord(value)) value = value[String(part)];
    else return undefined;
  }
  return value;
}

/** A complaint about a choice of forms, as the complaints about the form that was meant. */
function narrowed(issue: Issue, plain: Plain): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors === undefined) return [issue];
  const value = valueAt(plain, issue.path);
  if (value === undefined) return [issue];
  const second = isRecord(value) && value.components === undefined;
  const meant = issue.errors[second ? 1 : 0] ?? [];
  if (meant.length === 0) return [issue];
  return meant.flatMap((inner) => narrowed({ ...inner, path: [...issue.path, ...inner.path] }, plain));
}

function canonical(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}

/** An address without query, fragment and slash at the end. */
function withoutTail(address: string): string {
  return address.replace(/[?#].*$/, '').replace(/\/+$/, '');
}
