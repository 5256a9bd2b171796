import { domainToUnicode } from 'node:url';
import type { Instant } from '../domain/incident.ts';
import { stampText } from '../domain/stamp.ts';
import type { Subject } from './subject.ts';

/** A host name as people write it: IDNs in their own script. */
export function shown(host: string): string {
  return domainToUnicode(host) || host;
}

/** `one`, `one and two`, `one, two and three`. */
export function listed(texts: string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

/** A host and what it is to the operator, within a sentence. */
export function named({ role, label, host }: Subject): string {
  if (role === 'page' || role === 'mirror') return `the ${role} ${shown(host)}`;
  if (role === 'source') return `the repository (${shown(host)})`;
  if (role === 'contact') return `the contact "${label}" (${shown(host)})`;
  if (role === 'target') return `the target "${label}" (${shown(host)})`;
  return `${label} (${shown(host)})`;
}

/** Several of them; those with one label together: `Name servers (ns1.example.org, ns2.example.org)`. */
export function namedAll(subjects: Subject[]): string {
  const groups = Map.groupBy(subjects, ({ role, label }) => `${role} ${label}`);
  return listed(
    [...groups.values()].map((group) => {
      const [first] = group;
      if (first!.role !== 'dependency') return listed(group.map(named));
      return `${first!.label} (${[...new Set(group.map(({ host }) => shown(host)))].join(', ')})`;
    }),
  );
}

/** The first letter of a sentence. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A length of time in the largest fitting unit: `5 minutes`, `3 hours`, `2 days`; null seconds are `0 seconds`. */
export function lasting(seconds: number): string {
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (seconds >= length * (unit === 'day' ? 2 : 1)) return counted(Math.round(seconds / length), unit);
  }
  return counted(Math.round(seconds), 'second');
}

/** An instant to the minute, in a zone: `2026-11-21 18:30`. */
export function moment(at: Instant, zone: string): string {
  return stampText({ at: Math.floor(at / 60_000) * 60_000, precision: 'minute' }, zone);
}
