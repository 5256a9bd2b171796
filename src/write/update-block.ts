import { type Stamp, stampText } from '../domain/stamp.ts';
import type { ComponentState, Status } from '../domain/words.ts';

/** What an update's heading says. */
export interface HeadingParts {
  stamp: Stamp;
  /** Null: left out. */
  status: Status | null;
  /** Signatures without `^`. */
  authors: string[];
  /** By component id. */
  states: Record<string, ComponentState>;
  /** Null: the one that the time gives. */
  id: string | null;
}

/**
 * The heading of an update with its text below (DESIGN §2), lines parted by `\n`, without a line break at the end. The
 * time is spelled in `timeZone`. The text is written as it is: see `harmless`.
 */
export function updateBlock(heading: HeadingParts, text: string, timeZone: string): string {
  const states = Object.entries(heading.states).map(([id, state]) => `${key(id)}: ${state}`);
  const parts = [
    `## ${stampText(heading.stamp, timeZone)}`,
    heading.status,
    ...heading.authors.map((author) => `^${author}`),
    states.length === 0 ? null : `{${states.join(', ')}}`,
    heading.id === null ? null : `{#${heading.id}}`,
  ];
  const line = parts.filter((part) => part !== null).join(' ');
  return text === '' ? line : `${line}\n\n${text}`;
}

function key(id: string): string {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(id) ? id : JSON.stringify(id);
}
