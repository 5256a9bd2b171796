import { belongsTo } from '../content/incident-updates.ts';
import type { ReadContext } from '../content/read-context.ts';
import { nearest } from '../content/suggest.ts';
import { allComponents } from '../domain/site.ts';
import type { Stamp } from '../domain/stamp.ts';
import { dateIn, readDuration, readTimestamp } from '../domain/time.ts';
import {
  COMPONENT_STATES,
  type ComponentState,
  IMPACTS,
  type Impact,
  INCIDENT_STATUSES,
  type Kind,
  MAINTENANCE_STATUSES,
  type Status,
} from '../domain/words.ts';
import type { Post } from './post-update.ts';

/** What a word of an operator means, or a sentence that says why it can't be taken and what to write instead. */
export type Meaning<Value> = { ok: true; value: Value } | { ok: false; message: string };

/** Statuses that a report of a kind may have. */
export function statusesOfKind(kind: Kind): readonly Status[] {
  if (kind === 'maintenance') return MAINTENANCE_STATUSES;
  return kind === 'incident' ? INCIDENT_STATUSES : ['notice', 'resolved'];
}

/** A status by its word in any language of the site. */
export function meantStatus(word: string, kind: Kind, { vocabulary }: ReadContext): Meaning<Status> {
  const status = vocabulary.readStatus(word);
  const known = ` Statuses of ${kind === 'incident' ? 'an incident' : `a ${kind}`} are: ${statusesOfKind(kind).join(', ')}.`;
  if (status === null) {
    return unknown(word, 'a status', vocabulary.nearStatus(word)?.word ?? null, known);
  }
  if (belongsTo(status, kind)) return { ok: true, value: status };
  return {
    ok: false,
    message: `"${word}" is no status of ${kind === 'incident' ? 'an incident' : `a ${kind}`}.${known}`,
  };
}

/** An impact by its word in any language of the site. */
export function meantImpact(word: string, { vocabulary }: ReadContext): Meaning<Impact> {
  const impact = vocabulary.readImpact(word);
  if (impact !== null) return { ok: true, value: impact };
  return unknown(
    word,
    'an impact',
    vocabulary.nearImpact(word)?.word ?? null,
    ` Impacts are: ${IMPACTS.join(', ')}.`,
  );
}

/**
 * Ids of components from names parted by commas; a group's name means all its components. Where the config has no
 * components at all (or could not be read), names are taken as they are: the report must get out.
 */
export function meantComponents(text: string, context: ReadContext): Meaning<string[]> {
  const ids: string[] = [];
  for (const name of text.split(',').map((part) => part.trim())) {
    if (name === '') continue;
    const found = meantComponent(name, context);
    if (!found.ok) return found;
    ids.push(...found.value);
  }
  return { ok: true, value: [...new Set(ids)] };
}

function meantComponent(name: string, { components, site }: ReadContext): Meaning<string[]> {
  const match = components.find(name);
  if (match !== null) return { ok: true, value: match.ids };
  const known = allComponents(site).map(({ id }) => id);
  if (known.length === 0) return { ok: true, value: [name] };
  return unknown(name, 'a component', components.near(name), ` Components are: ${known.join(', ')}.`);
}

/** States by component id, from `mail=operational` or `mail: degraded performance`; several parted by commas. */
export function meantStates(
  texts: readonly string[],
  context: ReadContext,
): Meaning<Record<string, ComponentState>> {
  const states: Record<string, ComponentState> = {};
  for (const part of texts.flatMap((text) => text.split(',')).map((one) => one.trim())) {
    if (part === '') continue;
    const [, name = '', word = ''] = /^(.*?)\s*[=:]\s*(.*)$/s.exec(part) ?? [];
    if (name === '' || word === '') {
      return { ok: false, message: `"${part}" is no component with a state. Write mail=operational.` };
    }
    const found = meantComponent(name, context);
    if (!found.ok) return found;
    const state = context.vocabulary.readState(word);
    if (state === null) {
      const near = context.vocabulary.nearState(word)?.word ?? null;
      return unknown(word, 'a component state', near, ` States are: ${COMPONENT_STATES.join(', ')}.`);
    }
    for (const id of found.value) states[id] = state;
  }
  return { ok: true, value: states };
}

/** Signatures parted by commas. A name that the config does not know is taken, unless it is nearly one that it knows. */
export function meantAuthors(text: string, { site }: ReadContext): Meaning<string[]> {
  const known = Object.keys(site.authors);
  const authors: string[] = [];
  for (const word of text.split(/[,\s]+/).map((part) => part.replace(/^\^/, ''))) {
    if (word === '') continue;
    if (!/^[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}_])?$/u.test(word)) {
      return { ok: false, message: `"${word}" can't be a signature: letters, digits, ".", "_" and "-" can.` };
    }
    const same = known.find((key) => key.toLowerCase() === word.toLowerCase());
    const near = same ?? nearest(word, known);
    if (same === undefined && near !== null) {
      return {
        ok: false,
        message: `"${word}" is not among the authors of the config. Did you mean "${near}"?`,
      };
    }
    authors.push(same ?? word);
  }
  return { ok: true, value: [...new Set(authors)] };
}

/** When the next update is promised: `30m`, `2h`, a time of day to come, or a timestamp. `none`: nothing is promised. */
export function meantPromise(text: string, context: ReadContext): Meaning<Post['next']> {
  if (/^(?:none|no|-|nein|keine)?$/i.test(text.trim())) return { ok: true, value: null };
  const span = readDuration(text);
  if (span !== null) return { ok: true, value: { span } };
  const time = timeOfDay(text, context, 'ahead') ?? readMoment(text, context);
  if (!time.ok) return { ok: false, message: `${time.message} Write a span such as 30m, or a time.` };
  if (time.value.at <= context.now) {
    return { ok: false, message: `"${text.trim()}" has passed: nothing can be promised for then.` };
  }
  return { ok: true, value: { at: time.value.at } };
}

/** A moment: a timestamp, or the latest such time of day (`18:30`). */
export function meantMoment(text: string, context: ReadContext): Meaning<Stamp> {
  return timeOfDay(text, context, 'past') ?? readMoment(text, context);
}

/** A moment that must have its date. */
export function readMoment(text: string, { site }: ReadContext): Meaning<Stamp> {
  const reading = readTimestamp(text, site.timezone);
  if (reading.ok) return { ok: true, value: { at: reading.at, precision: reading.precision } };
  const advice =
    reading.suggestion === null ? ' Write YYYY-MM-DD HH:MM.' : ` Did you mean "${reading.suggestion}"?`;
  return { ok: false, message: `"${text.trim()}" can't be read as a time: ${reading.message}${advice}` };
}

/** A time of day as the nearest such moment before or after now; null where the text is none. */
function timeOfDay(text: string, { site, now }: ReadContext, where: 'past' | 'ahead'): Meaning<Stamp> | null {
  const match = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (match === null) return null;
  const clock = `${match[1]!.padStart(2, '0')}:${match[2]}`;
  const on = (instant: number) => readTimestamp(`${dateIn(instant, site.timezone)} ${clock}`, site.timezone);
  for (const day of [0, 1].map((days) => now + (where === 'past' ? -days : days) * 86_400_000)) {
    const reading = on(day);
    if (!reading.ok) return { ok: false, message: `"${text.trim()}" is no time of day.` };
    if (where === 'past' ? reading.at <= now : reading.at > now) {
      return { ok: true, value: { at: reading.at, precision: 'minute' } };
    }
  }
  return null;
}

function unknown(word: string, what: string, near: string | null, known: string): Meaning<never> {
  const advice = near === null ? known : ` Did you mean "${near}"?`;
  return { ok: false, message: `"${word}" is not ${what}.${advice}` };
}
