import type { Instant, Update, Window } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { ComponentState } from '../domain/words.ts';
import type { Locale, TextKey } from '../i18n/locale.ts';
import { worstOf } from './mark.ts';

/** A part of the line: plain words, words around an instant, or what the reader's clock makes of a window. */
export type LinePart =
  | { text: string; at: null }
  | {
      before: string;
      text: string;
      after: string;
      at: Instant;
      precision: Update['precision'];
      /** What the reader's clock adds to the instant. */
      say: 'lasting' | 'own' | null;
      /** The end of the stretch of time that `text` tells of; null: it tells of an instant. */
      to: Instant | null;
    }
  | { window: Window };

/** The line under which an incident stands: state with its mark, status, when. */
export interface StateLine {
  /** Null: no mark. */
  mark: ComponentState | null;
  word: string;
  parts: LinePart[];
}

/**
 * The state line of an incident. With `near` the times are as short as a reader of that day needs; without it
 * (pages that are not rebuilt with the clock) they are full.
 */
export function stateLine(entry: IncidentStatus, locale: Locale, near: Instant | null): StateLine {
  const when = (
    key: TextKey,
    at: Instant,
    precision: Update['precision'] = 'minute',
    say: 'lasting' | 'own' | null = null,
  ): LinePart => {
    const [before, after] = locale.around(key, 'time');
    const text = near === null ? locale.full(at, precision) : locale.moment(at, near, precision);
    return { before, text, after, at, precision, say, to: null };
  };
  const since = (say: 'lasting' | null) => when('line.since', entry.startedAt, entry.startedPrecision, say);
  const { window } = entry;

  if (entry.kind === 'notice') {
    const until = entry.incident.until;
    return {
      mark: null,
      word: locale.kind('notice'),
      parts: [since(null), ...(until === null ? [] : [when('line.validUntil', until)])],
    };
  }
  if (entry.phase === 'closed') return closedLine(entry, locale, when);
  if (entry.phase === 'upcoming') {
    const parts: LinePart[] =
      window === null
        ? [{ text: locale.t('line.noWindow'), at: null }]
        : [
            {
              before: '',
              text:
                near === null
                  ? locale.fullWindow(window.from, window.to)
                  : locale.window(window.from, window.to, near),
              after: '',
              at: window.from,
              precision: 'minute',
              say: 'own',
              to: window.to,
            },
            { window },
          ];
    return { mark: 'under maintenance', word: locale.status(entry.status), parts };
  }
  const state = worstOf(entry);
  const status: LinePart = { text: locale.statusInside(entry.status), at: null };
  if (entry.kind === 'maintenance') {
    const word =
      state === 'under maintenance' || state === null ? locale.kind('maintenance') : locale.state(state);
    if (window === null) return { mark: state, word, parts: [status, since('lasting')] };
    const end = when(entry.overrun ? 'line.overrun' : 'line.until', window.to, 'minute', 'own');
    // That work is in progress is the clock's word: on a page that is read later only the plan is still true.
    const said = entry.status === 'in progress' ? [] : [status];
    return { mark: state, word, parts: [...said, end, ...(entry.overrun ? [] : [{ window }])] };
  }
  // Open and without an effect that anybody knows of: no trouble to name, but no green either.
  const harmless = state === null || state === 'operational';
  return {
    mark: harmless ? null : state,
    word: harmless ? locale.t('line.noEffect') : locale.state(state),
    parts: [status, since('lasting')],
  };
}

function closedLine(
  entry: IncidentStatus,
  locale: Locale,
  when: (key: TextKey, at: Instant, precision?: Update['precision']) => LinePart,
): StateLine {
  const parts: LinePart[] = [];
  if (entry.endedAt !== null) parts.push(when('line.ended', entry.endedAt, entry.endedPrecision));
  const lasted = durationOf(entry, locale);
  if (lasted !== null) parts.push({ text: lasted, at: null });
  return {
    mark: entry.status === 'cancelled' ? null : 'operational',
    word: locale.status(entry.status === 'postmortem' ? 'resolved' : entry.status),
    parts,
  };
}

/** How long it lasted, in words; null while it lasts and where begin or end is not known to the minute. */
export function durationOf(entry: IncidentStatus, locale: Locale): string | null {
  if (entry.endedAt === null || entry.status === 'cancelled') return null;
  if (entry.startedPrecision === 'day' || entry.endedPrecision === 'day') return null;
  return locale.duration(entry.endedAt - entry.startedAt);
}
