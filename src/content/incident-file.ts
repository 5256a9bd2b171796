import type { Incident, Instant, ReportPromise } from '../domain/incident.ts';
import { nameDateOf, slugKey, slugOf } from '../domain/slug.ts';
import { addDays, dateIn, offsetAt, readDuration, startOfDay } from '../domain/time.ts';
import {
  type ComponentState,
  type Impact,
  INCIDENT_STATUSES,
  impactOfState,
  isEnded,
  type Kind,
  MAINTENANCE_STATUSES,
  type Status,
  worseImpact,
} from '../domain/words.ts';
import { type Body, readBody, type Section } from './body.ts';
import type { Fault, FaultPlace, Problem } from './fault.ts';
import { fold } from './fold.ts';
import { Frontmatter, type Moment } from './frontmatter-values.ts';
import { readComponents, readHeadingStates } from './incident-components.ts';
import { byTime, type Draft, describe, leastFinished, statusesOf, withIds } from './incident-updates.ts';
import { faultsOf, placesOf } from './locate.ts';
import { error, moved, warning } from './problem.ts';
import type { ReadContext } from './read-context.ts';
import { openSource, placeholders, type SourceFile } from './source-file.ts';
import { nearest } from './suggest.ts';
import { textProblems } from './text-problems.ts';
import { short, type Word } from './yaml-map.ts';

/** What one incident file gives. */
export interface IncidentReading {
  /** Null: a draft, which is published nowhere. */
  incident: Incident | null;
  faults: Fault[];
  /** The body has no update headings: all of it is the one update's text. */
  headless: boolean;
  /** The statuses that the updates' headings name, in the order of the updates; null where one names none. */
  written: (Status | null)[];
  /** Where the earlier slugs stand. */
  aliases: { slug: string; place: FaultPlace }[];
}

const DAY = 86_400_000;
/** An incident open for so long without a word is most likely over, and nobody said so. */
const SILENT_AFTER = 7 * DAY;
/** Only files that were first committed so recently are compared with their history. */
const RECENTLY = 30 * DAY;
/** An update that was committed so long after the time it gives claims to have been there earlier than it was. */
const BACKDATED = 3_600_000;
/** People round up to the minute at which they mean to publish. */
const TYPING_AHEAD = 5 * 60_000;

/**
 * Reads an incident file (DESIGN §2). `path` is its path below the incidents folder, with `/`. Total: whatever the
 * bytes are, an incident comes out (law 2), unless the file says that it is a draft. Pure; `context.now` decides only
 * about warnings marked as transient, and dates a file that has no time at all.
 */
export function readIncidentFile(path: string, bytes: Uint8Array, context: ReadContext): IncidentReading {
  const source = openSource(bytes, (word) => context.components.find(word) !== null);
  const body = readBody(source.body, { timeZone: context.site.timezone, vocabulary: context.vocabulary });
  const reading = new IncidentAssembly(path, source, body, context);
  const incident = reading.incident();
  const headless = body.sections.length === 0;
  return {
    incident,
    faults: faultsOf(reading.problems, `incidents/${path}`, source.decoded),
    headless,
    written: headless ? [null] : byTime(body.sections).map(({ status }) => status),
    aliases: placesOf(reading.aliases, `incidents/${path}`, source.decoded).map((place, index) => ({
      slug: reading.aliases[index]!.slug,
      place,
    })),
  };
}

/** The slug of a file by its path below the incidents folder. */
export function slugOfPath(path: string): string {
  return slugOf(path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/i, ''));
}

/** Puts one incident together. Offsets of all problems are those of the decoded file. */
class IncidentAssembly {
  readonly problems: Problem[] = [];
  /** Earlier slugs, each once. */
  readonly aliases: { slug: string; start: number; end: number }[] = [];
  readonly #source: SourceFile;
  readonly #body: Body;
  readonly #context: ReadContext;
  readonly #frontmatter: Frontmatter;
  readonly #path: string;
  readonly #slug: string;
  readonly #nameDate: Instant | null;
  /** What the frontmatter gives as the end, usable or not. */
  #end: Moment | null = null;

  constructor(path: string, source: SourceFile, body: Body, context: ReadContext) {
    this.#path = path;
    this.#source = source;
    this.#body = body;
    this.#context = context;
    this.#frontmatter = new Frontmatter(source.yaml, context.site.timezone);
    this.#slug = slugOfPath(path);
    this.#nameDate = nameDateOf(this.#slug, context.site.timezone);
  }

  incident(): Incident | null {
    const { readable } = this.#source;
    const frontmatter = this.#frontmatter;
    const language = this.#language();
    const title = this.#title();
    const window = frontmatter.window();
    const { status: given, word, guessed, kind: written } = this.#givenStatus(window !== null);
    // A file that can't be read is an open report, whatever else it may have been (law 2).
    const kind: Kind = readable ? written : 'incident';
    const trusted = readable || (given !== null && isOpenIncident(given)) ? given : null;

    const sections = byTime(this.#body.sections);
    const statuses = statusesOf(sections, kind === written ? given : trusted, kind, guessed);
    let { status } = statuses;
    if (!readable && !isOpenIncident(status)) status = 'investigating';
    this.#inBody(statuses.problems);

    const named = readComponents(frontmatter, this.#context);
    this.problems.push(...named.problems);
    const started = this.#earliest(frontmatter.moments('started'));
    const { updates, unknown } = this.#updates(sections, statuses.updates, status, started);
    if (!readable && !isOpenIncident(updates.at(-1)!.status)) updates.at(-1)!.status = status;

    const states = [
      ...named.components.map(({ state }) => state),
      ...updates.flatMap((update) => Object.values(update.states)),
    ];
    const impact = this.#impact(kind, states, named.components.length + named.unknown.length === 0);
    const newest = updates.at(-1)!;
    const incident: Incident = {
      slug: this.#slug,
      path: this.#path,
      kind,
      title,
      status,
      impact: !readable && impact === 'none' ? 'minor' : impact,
      components: named.components,
      unknownComponents: [...new Set([...named.unknown, ...unknown])],
      summary: this.#summary(),
      updates,
      started: started?.at ?? null,
      resolved: this.#resolved(started, updates[0]!.at, status, kind),
      nextUpdate: this.#nextUpdate(newest.at),
      window: kind === 'maintenance' ? (window?.window ?? null) : null,
      autoComplete: frontmatter.boolean('auto-complete', false) ?? true,
      until: this.#until(updates[0]!.at),
      pinned: frontmatter.boolean('pinned', false) ?? false,
      hosts: unique(frontmatter.list('hosts').map(({ text }) => text)),
      reportBy: this.#reportBy(),
      aliases: this.#aliases(),
      language,
      translations: {},
      edits: {},
      readable,
      nameDate: this.#nameDate,
    };
    const draft = frontmatter.boolean('draft', false) ?? false;
    this.#checkKind(incident, word, window !== null);
    this.#checkEnd(incident, sections, started);
    this.#checkAge(incident, sections);
    this.#checkClock(incident, sections, started);
    this.#checkText();
    this.#collect(incident);
    return draft ? null : incident;
  }

  #inBody(problems: Problem[]): void {
    for (const problem of problems) this.problems.push(moved(problem, this.#source.bodyToFile));
  }

  /** The beginning of the frontmatter: where a word about the whole file stands. */
  #top(): { start: number; end: number } {
    const first = this.#source.yaml.entries[0];
    if (first !== undefined) return { start: first.keyStart, end: first.keyEnd };
    return { start: 0, end: 1 };
  }

  #keyOr(key: 'title' | 'status' | 'scheduled'): { start: number; end: number } {
    const entry = this.#frontmatter.all(key).at(-1);
    return entry === undefined
      ? this.#top()
      : { start: entry.keyStart, end: Math.max(entry.keyEnd, entry.keyStart + 1) };
  }

  #title(): string {
    const { reader } = this.#frontmatter;
    const entries = this.#frontmatter.all('title');
    for (const entry of entries.toReversed()) {
      const items = reader.items(entry.value);
      const only = items?.length === 1 ? items[0]! : entry.value;
      const text = reader.text(only)?.text ?? this.#source.decoded.slice(entry.value.start, entry.value.end);
      const title = oneLine(text);
      if (title !== '') return title;
    }
    const raw = this.#source.yaml.raw.get('title')?.text.replace(/^["'„“]|["'“”]$/g, '') ?? '';
    if (oneLine(raw) !== '') return oneLine(raw);
    const heading = this.#source.readable ? undefined : /^# +([^\n]+?) *#*$/m.exec(this.#source.body)?.[1];
    if (heading !== undefined) return oneLine(heading);
    if (this.#source.readable) {
      const place = this.#keyOr('title');
      const what = entries.length === 0 ? 'There is no title' : 'The title is empty';
      this.problems.push(
        warning(
          place.start,
          place.end,
          'missing-title',
          `${what}: the file name stands for it. Write one line that says what fails.`,
          { publishedAs: this.#slug },
        ),
      );
    }
    return this.#slug;
  }

  #language(): string {
    const { site } = this.#context;
    const word = this.#frontmatter.word('language');
    if (word === null) return site.language;
    const known = site.languages.find((tag) => fold(tag) === fold(word.text));
    if (known !== undefined) return known;
    try {
      const tag = Intl.getCanonicalLocales(word.text.replaceAll('_', '-'))[0];
      if (tag !== undefined && /^[a-z]{2,3}(?:-|$)/i.test(tag)) return tag;
    } catch {
      // Not a tag: said below.
    }
    this.problems.push(
      warning(
        word.start,
        word.end,
        'unknown-language',
        `"${short(word.text)}" is not a language tag. Write one such as "de" or "pt-BR".`,
        { publishedAs: site.language },
      ),
    );
    return site.language;
  }

  /** What the frontmatter says about status and kind. `status` is null where nothing can be read. */
  #givenStatus(hasWindow: boolean): {
    status: Status | null;
    /** The word given is no status; `status` is the least finished one. */
    guessed: boolean;
    kind: Kind;
    word: Word | null;
  } {
    const words = this.#frontmatter.words('status');
    const read = words.map((word) => ({ word, status: this.#context.vocabulary.readStatus(word.text) }));
    const known = read.flatMap(({ status }) => status ?? []);
    const unknown = read.find(({ status }) => status === null)?.word ?? null;
    const scheduled = this.#frontmatter.has('scheduled');
    const kind = this.#kind(known, scheduled, hasWindow);
    const word = unknown ?? words.at(-1) ?? null;
    if (unknown !== null) {
      this.#unknownStatus(unknown, kind);
      return { status: leastFinished(kind), guessed: true, kind, word };
    }
    const fitting = known.filter((status) => belongsToFile(status, kind));
    if (known.length > 0)
      return { status: leastOf(fitting, kind) ?? leastFinished(kind), guessed: false, kind, word };
    if (this.#source.readable) {
      const place = this.#keyOr('status');
      this.problems.push(
        warning(
          place.start,
          place.end,
          'missing-status',
          'The status is missing. Write one of: investigating, identified, monitoring, resolved.',
          {
            publishedAs: describe(leastFinished(kind), kind),
          },
        ),
      );
    }
    return { status: null, guessed: false, kind, word };
  }

  #unknownStatus(word: Word, kind: Kind): void {
    const near = this.#context.vocabulary.nearStatus(word.text);
    const advice =
      near === null
        ? ` Known ones are: ${(kind === 'maintenance' ? MAINTENANCE_STATUSES : INCIDENT_STATUSES).join(', ')}.`
        : ` Did you mean "${near.word}"?`;
    this.problems.push(
      warning(
        word.start,
        Math.max(word.end, word.start + 1),
        'unknown-status',
        `"${short(word.text)}" is not a status.${advice}`,
        {
          publishedAs: describe(leastFinished(kind), kind),
        },
      ),
    );
  }

  #kind(known: Status[], scheduled: boolean, hasWindow: boolean): Kind {
    const word = this.#frontmatter.word('kind');
    const named = word === null ? null : (this.#context.vocabulary.readKind(word.text) ?? undefined);
    if (word !== null && named === undefined) {
      const near = this.#context.vocabulary.nearKind(word.text)?.word ?? null;
      this.problems.push(
        warning(
          word.start,
          word.end,
          'unknown-kind',
          `"${short(word.text)}" is not a kind. ${near === null ? 'Known ones are: incident, maintenance, notice.' : `Did you mean "${near}"?`}`,
        ),
      );
    }
    const open = known.some((status) => isOpenIncident(status));
    if (word !== null && open && (named === 'notice' || named === 'maintenance')) {
      this.problems.push(
        warning(
          word.start,
          word.end,
          'kind-disagrees',
          `The status is one of an incident, the kind says ${named}. Write a status of a ${named}, or leave the kind out.`,
          { publishedAs: 'incident' },
        ),
      );
    }
    if (open) return 'incident';
    // Updates that speak of trouble belong to an incident: neither a maintenance nor a notice masks an outage.
    const trouble =
      !scheduled && this.#body.sections.some(({ status }) => status !== null && isOpenIncident(status));
    const maintenance = known.some((status) => isMaintenance(status));
    const notice = known.length > 0 && known.every((status) => status === 'notice');
    if (trouble && (maintenance || notice) && named !== 'maintenance' && named !== 'notice') {
      const place = this.#keyOr('status');
      this.problems.push(
        warning(
          place.start,
          place.end,
          'kind-disagrees',
          `The status is one of ${notice ? 'a notice' : 'a maintenance'}, but the updates speak of an incident. Write a status of an incident, or "kind: ${notice ? 'notice' : 'maintenance'}".`,
          { publishedAs: describe('investigating', 'incident') },
        ),
      );
      return 'incident';
    }
    if (named === 'notice') return 'notice';
    if (maintenance) return 'maintenance';
    if (notice && named !== 'incident') return 'notice';
    if (known.length > 0) return 'incident';
    if (named === 'maintenance') return 'maintenance';
    return hasWindow ? 'maintenance' : 'incident';
  }

  #earliest(moments: Moment[]): Moment | null {
    return moments.reduce<Moment | null>((a, b) => (a === null || b.at < a.at ? b : a), null);
  }

  #summary(): string {
    if (this.#body.sections.length === 0) return '';
    return [this.#source.preface, this.#body.summary].filter((text) => text !== '').join('\n\n');
  }

  #updates(sections: Section[], statuses: Status[], status: Status, started: Moment | null) {
    const unknown: string[] = [];
    if (sections.length === 0) {
      const { at, precision, fixedId } = this.#onlyMoment(started);
      const text = [this.#source.preface, this.#body.summary].filter((part) => part !== '').join('\n\n');
      const draft: Draft = { at, precision, status, authors: [], states: {}, text, fixedId };
      return { updates: withIds([draft]).updates, unknown };
    }
    const drafts = sections.map((section, index): Draft => {
      const found = readHeadingStates(section, this.#context);
      this.#inBody(found.problems);
      unknown.push(...found.unknown);
      return {
        at: section.at,
        precision: section.precision,
        status: statuses[index]!,
        authors: section.authors.map((author, place) => this.#author(author, section.authorSpans[place])),
        states: Object.fromEntries(found.states),
        text: section.text,
        fixedId: section.id,
      };
    });
    const { updates, repeated } = withIds(drafts);
    const sameId = Map.groupBy(this.#body.sections, ({ id }) => id?.toLowerCase() ?? '');
    for (const index of repeated) this.#repeatedId(sections, index, sameId);
    return { updates, unknown };
  }

  /** Names the second heading in the file that has the id: that is where it was copied to. */
  #repeatedId(sections: Section[], index: number, sameId: Map<string, Section[]>): void {
    const id = sections[index]!.id!;
    const same = sameId.get(id.toLowerCase()) ?? [];
    const place = same.at(-1) ?? sections[index]!;
    const at = this.#source.body.lastIndexOf(`#${place.id}`, place.headingEnd);
    const start = at >= place.headingStart ? at : place.headingStart;
    const why = same.length > 1 ? 'is used twice in this file' : 'is used already for what the clock does';
    this.#inBody([
      warning(
        start,
        Math.min(start + id.length + 1, place.headingEnd),
        'duplicate-id',
        `The id "${id}" ${why}; an id must be unique, feeds and links tell updates by it. Delete it from one of the headings.`,
        {
          publishedAs: `${id}, and ${id}-2 for the newer one`,
        },
      ),
    ]);
  }

  /** The author's key as the config spells it; one that it does not know is kept as written. */
  #author(signature: string, place: { start: number; end: number } | undefined): string {
    const authors = Object.keys(this.#context.site.authors);
    if (Object.hasOwn(this.#context.site.authors, signature)) return signature;
    const same = authors.find((key) => fold(key) === fold(signature));
    if (same !== undefined) return same;
    const near = nearest(signature, authors);
    const advice =
      near === null ? ' Add the name to "authors" in status.config.yml.' : ` Did you mean "^${near}"?`;
    if (place !== undefined) {
      this.#inBody([
        warning(
          place.start,
          place.end,
          'unknown-author',
          `The signature "^${short(signature)}" is not among the authors of the config.${advice}`,
          { publishedAs: `^${short(signature)}` },
        ),
      ]);
    }
    return signature;
  }

  /** When a body without headings was written. */
  #onlyMoment(started: Moment | null): {
    at: Instant;
    precision: 'day' | 'minute' | 'second';
    fixedId: string | null;
  } {
    if (started !== null) return { at: started.at, precision: started.precision, fixedId: null };
    const { site, now } = this.#context;
    const day = this.#nameDate;
    const publishedAs = day === null ? 'undated' : dateIn(day, site.timezone);
    const unread =
      this.#frontmatter.unreadableTimes[0] ??
      this.#body.problems.find(({ code }) => code === 'unreadable-time');
    if (unread !== undefined) {
      // The file has no other time to go by: what was a warning is an error.
      unread.level = 'error';
      unread.publishedAs = publishedAs;
    } else if (this.#source.yaml.entries.length > 0 && !this.#frontmatter.has('scheduled')) {
      const place = this.#top();
      this.problems.push(
        error(
          place.start,
          Math.max(place.end, place.start + 1),
          'no-time',
          `Nothing in this file says when this was${day === null ? '' : '; only its name gives a day'}. Write "started: YYYY-MM-DD HH:MM", or a heading "## YYYY-MM-DD HH:MM" above the text.`,
          { publishedAs },
        ),
      );
    }
    if (day !== null) return { at: day, precision: 'day', fixedId: null };
    return {
      at: startOfDay(dateIn(now, site.timezone), site.timezone),
      precision: 'day',
      fixedId: 'undated',
    };
  }

  /** Given, else the worst of the given states; never better than minor where a component has no state of its own. */
  #impact(kind: Kind, states: (ComponentState | null)[], nothingNamed: boolean): Impact {
    if (kind === 'notice') {
      this.#reportNoticeImpact();
      return 'none';
    }
    const given = this.#givenImpact();
    const unsure = nothingNamed || states.length === 0 || states.includes(null);
    const fallback =
      kind === 'incident'
        ? states
            .flatMap((state) => (state === null ? [] : [impactOfState(state)]))
            .reduce(worseImpact, unsure ? 'minor' : 'none')
        : 'none';
    if (given === null) return fallback;
    return this.#frontmatter.guessed.has('impact') ? worseImpact(given, fallback) : given;
  }

  /** A notice has no impact: whoever gives one may mean an incident. */
  #reportNoticeImpact(): void {
    for (const { keyStart, keyEnd } of this.#frontmatter.all('impact')) {
      this.problems.push(
        warning(
          keyStart,
          Math.max(keyEnd, keyStart + 1),
          'notice-impact',
          'A notice has no impact: every service stays as it is. If something is disturbed, write a status such as "investigating"; else delete the impact.',
          { publishedAs: 'none' },
        ),
      );
    }
  }

  #givenImpact(): Impact | null {
    const { vocabulary } = this.#context;
    let worst: Impact | null = null;
    for (const word of this.#frontmatter.words('impact')) {
      const known = vocabulary.readImpact(word.text);
      const near = known === null ? vocabulary.nearImpact(word.text) : null;
      const impact = known ?? (near === null ? 'critical' : worseImpact(near.value, 'minor'));
      if (known === null) {
        this.problems.push(
          warning(
            word.start,
            Math.max(word.end, word.start + 1),
            'unknown-impact',
            `"${short(word.text)}" is not an impact.${near === null ? ' Known ones are: none, minor, major, critical.' : ` Did you mean "${near.word}"?`}`,
            { publishedAs: impact },
          ),
        );
      }
      worst = worst === null ? impact : worseImpact(worst, impact);
    }
    return worst;
  }

  #resolved(started: Moment | null, first: Instant, status: Status, kind: Kind): Instant | null {
    const end = this.#frontmatter.moments('resolved').at(-1);
    if (end === undefined) return null;
    this.#end = end;
    if (end.at < (started?.at ?? first)) {
      this.problems.push(
        warning(
          end.start,
          end.end,
          'end-before-start',
          'This end lies before the beginning. Check the date and the time of "started" and "resolved".',
          {
            publishedAs: 'the time of the update that closed it',
          },
        ),
      );
      return null;
    }
    if (!isEnded(status) && kind !== 'notice') {
      this.problems.push(
        warning(
          end.start,
          end.end,
          'resolved-but-open',
          `"resolved" gives a time, but the status is ${status}: it stays open. Write "status: ${kind === 'maintenance' ? 'completed' : 'resolved'}" once it is over.`,
          {
            publishedAs: describe(status, kind),
          },
        ),
      );
    }
    return end.at;
  }

  #until(first: Instant): Instant | null {
    const until = this.#frontmatter
      .moments('until')
      .reduce<Moment | null>((a, b) => (a === null || b.at > a.at ? b : a), null);
    if (until === null) return null;
    if (until.at < first) {
      this.problems.push(
        warning(
          until.start,
          until.end,
          'end-before-start',
          'This end lies before the notice was written. Check the date and the time of "until".',
        ),
      );
    }
    return until.at;
  }

  #aliases(): string[] {
    const known = new Set([slugKey(this.#slug)]);
    for (const { text, start, end } of this.#frontmatter.list('aliases')) {
      const slug = slugOf(text.replace(/\.(?:md|html)$/i, ''));
      if (text === '' || known.has(slugKey(slug))) continue;
      known.add(slugKey(slug));
      this.aliases.push({ slug, start, end });
    }
    return this.aliases.map(({ slug }) => slug);
  }

  /** A day that was promised is kept until its end. */
  #reportBy(): ReportPromise | null {
    const moment = this.#earliest(this.#frontmatter.moments('report-by'));
    if (moment === null) return null;
    const { at, precision } = moment;
    const zone = this.#context.site.timezone;
    const lateFrom = precision === 'day' ? startOfDay(addDays(dateIn(at, zone), 1), zone) : at;
    return { by: at, precision, lateFrom };
  }

  #nextUpdate(newest: Instant): Instant | null {
    let earliest: Instant | null = null;
    for (const word of this.#frontmatter.words('next-update')) {
      const duration = readDuration(word.text);
      const at =
        duration === null
          ? this.#frontmatter.moment(
              'next-update',
              word,
              ' Or write a span after the newest update, such as 30m or 2h.',
            )?.at
          : newest + duration;
      if (at !== undefined && (earliest === null || at < earliest)) earliest = at;
    }
    return earliest;
  }

  #checkKind(incident: Incident, word: Word | null, hasWindow: boolean): void {
    const scheduled = this.#frontmatter.all('scheduled').at(-1);
    if (incident.kind === 'maintenance' && !hasWindow && !isEnded(incident.status)) {
      const place = scheduled === undefined ? this.#keyOr('status') : this.#keyOr('scheduled');
      this.problems.push(
        warning(
          place.start,
          place.end,
          'no-window',
          'This maintenance has no window that can be read: it neither begins nor ends by itself. Write scheduled: { from: YYYY-MM-DD HH:MM, to: YYYY-MM-DD HH:MM }.',
          {
            publishedAs: incident.status,
          },
        ),
      );
    }
    if (incident.kind !== 'maintenance' && scheduled !== undefined && this.#source.readable) {
      const status = word === null ? incident.status : short(word.text);
      this.problems.push(
        warning(
          scheduled.keyStart,
          Math.max(scheduled.keyEnd, scheduled.keyStart + 1),
          'scheduled-incident',
          `A window belongs to a maintenance, but the status "${status}" is one of ${incident.kind === 'notice' ? 'a notice' : 'an incident'}. Write a status such as "scheduled", or leave the window out.`,
          {
            publishedAs: incident.kind,
          },
        ),
      );
    }
  }

  /** Warnings that come and go with the clock. */
  #checkAge(incident: Incident, sections: Section[]): void {
    const { now } = this.#context;
    for (const section of sections) {
      if (section.at <= now) continue;
      this.#inBody([
        warning(
          section.timeStart,
          section.timeEnd,
          'later-than-now',
          'This update is dated later than now; it is shown all the same. Check the date and the time.',
          { transient: true },
        ),
      ]);
    }
    const newest = incident.updates.at(-1)!;
    const { start, end } = sections.length === 0 ? this.#keyOr('status') : { start: 0, end: 0 };
    if (
      incident.kind === 'incident' &&
      incident.readable &&
      !isEnded(incident.status) &&
      now - newest.at > SILENT_AFTER
    ) {
      const message = `This incident has been open without an update for ${Math.floor((now - newest.at) / DAY)} days. Write how things are, or set the status to "resolved".`;
      const place = sections.at(-1);
      const problem = warning(
        place?.headingStart ?? start,
        place?.headingEnd ?? end,
        'silent-for-long',
        message,
        { transient: true },
      );
      if (place === undefined) this.problems.push(problem);
      else this.#inBody([problem]);
    }
    const { window } = incident;
    if (incident.kind === 'maintenance' && window !== null && !isEnded(incident.status) && window.to < now) {
      const reported = incident.updates.some(({ at }) => at >= window.from);
      if (!incident.autoComplete || reported) {
        const place = this.#keyOr('scheduled');
        this.problems.push(
          warning(
            place.start,
            place.end,
            'window-over',
            'The window is over, but no update says that the work is finished: it stays in progress. Write an update with the status "completed", or a later end.',
            {
              transient: true,
              publishedAs: 'in progress',
            },
          ),
        );
      }
    }
  }

  /** An end that is told of by an update from before the beginning. */
  #checkEnd(incident: Incident, sections: Section[], started: Moment | null): void {
    if (started === null || incident.resolved !== null || !isEnded(incident.status)) return;
    const lastOpen = incident.updates.findLastIndex((update) => !isEnded(update.status));
    const closing = sections[lastOpen + 1];
    if (closing === undefined || closing.at >= started.at) return;
    this.#inBody([
      warning(
        closing.timeStart,
        closing.timeEnd,
        'end-before-start',
        'This update ends it before it began. Check the date and the time here and in "started".',
        { publishedAs: 'ended, without a time' },
      ),
    ]);
  }

  /** Warnings about times that the clock or the history of the file speaks against. */
  #checkClock(incident: Incident, sections: Section[], started: Moment | null): void {
    const { now, site } = this.#context;
    for (const moment of [started, isEnded(incident.status) ? this.#end : null]) {
      if (moment === null || moment.at <= now) continue;
      this.problems.push(
        warning(
          moment.start,
          moment.end,
          'later-than-now',
          'This time is later than now. Check the date and the time.',
          {
            transient: true,
          },
        ),
      );
    }
    const published = this.#context.publishedAt(this.#path);
    // The times of a demonstration are made up.
    if (published === null || now - published > RECENTLY || site.clock !== null) return;
    const first = incident.updates[0]!;
    const began = incident.kind === 'incident' ? (incident.started ?? first.at) : first.at;
    const section = sections[0];
    const place = (from: Moment | null, message: string, code: string) => {
      if (from !== null || section === undefined) {
        const { start, end } = from ?? this.#keyOr('status');
        this.problems.push(warning(start, end, code, message, { transient: true }));
      } else this.#inBody([warning(section.timeStart, section.timeEnd, code, message, { transient: true })]);
    };
    const committed = `The file was first committed at ${localTime(published, site.timezone)}`;
    if (began > published + TYPING_AHEAD && first.at <= now && began <= now) {
      place(
        began === incident.started ? started : null,
        `${committed}, before the time that is given here. Was it taken from a clock in another zone? Times without a zone are read in ${site.timezone}.`,
        'committed-before-start',
      );
    }
    if (published > first.at + (first.precision === 'day' ? DAY : 0) + BACKDATED) {
      place(
        section === undefined ? started : null,
        `${committed}, more than an hour after the time that is given here: nobody could read it then. If trouble began earlier than it was reported, write the beginning as "started" and date the update by when it was written.`,
        'backdated',
      );
    }
  }

  #checkText(): void {
    this.#inBody(textProblems(this.#source.body, { hasPublicFile: this.#context.hasPublicFile }));
    for (const problem of placeholders(this.#source.decoded)) this.problems.push(problem);
  }

  #collect(incident: Incident): void {
    this.problems.push(
      ...this.#source.problems,
      ...this.#source.yaml.problems,
      ...this.#frontmatter.problems,
      ...this.#frontmatter.reader.problems,
    );
    this.#inBody(this.#body.problems);
    if (incident.readable) return;
    for (const problem of this.problems) {
      if (problem.level === 'error' && problem.publishedAs === null)
        problem.publishedAs = `an open report, "${short(incident.title)}" (${incident.status})`;
    }
  }
}

function localTime(at: Instant, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16).replace('T', ' ');
}

function isOpenIncident(status: Status): boolean {
  return status === 'investigating' || status === 'identified' || status === 'monitoring';
}

function isMaintenance(status: Status): boolean {
  return (MAINTENANCE_STATUSES as readonly Status[]).includes(status);
}

function belongsToFile(status: Status, kind: Kind): boolean {
  if (kind === 'notice') return true;
  return kind === 'maintenance'
    ? isMaintenance(status)
    : (INCIDENT_STATUSES as readonly Status[]).includes(status);
}

/** Of the statuses given for one file, the least finished. */
function leastOf(statuses: Status[], kind: Kind): Status | null {
  const order: readonly Status[] =
    kind === 'maintenance'
      ? MAINTENANCE_STATUSES
      : kind === 'incident'
        ? INCIDENT_STATUSES
        : ['notice', ...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES];
  return statuses.reduce<Status | null>(
    (a, b) => (a === null || order.indexOf(b) < order.indexOf(a) ? b : a),
    null,
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function unique(words: string[]): string[] {
  return [...new Set(words.filter((word) => word !== ''))];
}
