import type { Incident, Instant } from '../domain/incident.ts';
import { deriveIncident } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { Fault, Problem } from './fault.ts';
import { ownAddresses } from './leaks-email-addresses.ts';
import { isBlackedOut, type Leak } from './leaks-find.ts';
import { type FindSecrets, lookThrough } from './leaks-look-through.ts';
import { faultOfFile, faultsOf } from './locate.ts';
import { warning } from './problem.ts';

/** Stands for a secret, however long it was. */
export const BLACK = '████████';

/** A file below `incidents/` that was read. */
export interface GuardedFile {
  /** Path below the incidents folder, with `/`. */
  path: string;
  /** The decoded text. */
  text: string;
  /** Path of the incident that it is, or is a translation of. */
  incident: string;
}

/** A reading before anybody has looked what it gives away. */
export interface Unguarded {
  site: Site;
  incidents: Incident[];
  faults: Fault[];
  files: GuardedFile[];
}

const DAY = 86_400_000;
/** How far back files are warned about. */
const RECENT = 30 * DAY;
/** So many warnings tell a person enough about one file. */
const MOST_WARNINGS = 20;

/**
 * The leak guard (DESIGN §5). Private keys, tokens and card numbers are blacked out in every text of every incident
 * that is given back, and in every fault, so that nothing made from them can tell. Files of incidents that are not
 * over, or dated within 30 days of `now`, are warned about, with mail addresses of strangers and account numbers too,
 * which are published as written. What holds nothing of that kind is given back as it came. Never rejects.
 */
export async function guardLeaks(
  { site, incidents, faults, files }: Unguarded,
  now: Instant,
  findSecrets: FindSecrets = loadedLibrary,
): Promise<{ incidents: Incident[]; faults: Fault[] }> {
  const own = ownAddresses(site);
  const texts = incidents.map((incident) => [...new Set(textsOf(incident))]);
  const all = [...files.map(({ text }) => text), ...texts.flat()];
  const added: Fault[] = [];
  const found = await lookThrough(all, own, findSecrets).catch((cause: unknown) => {
    added.push(faultOfFile('incidents', 'warning', 'secrets-not-found', notLookedThrough(cause)));
    return lookThrough(all, own, async () => all.map(() => []));
  });

  const inFiles = new Map<string, { file: GuardedFile; leaks: Leak[] }[]>();
  for (const [index, file] of files.entries()) {
    const same = inFiles.get(file.incident) ?? [];
    same.push({ file, leaks: found[index]! });
    inFiles.set(file.incident, same);
  }
  const guarded: Incident[] = [];
  const blanked = new Map<string, { lines: string[]; blackOut: BlackOut }>();
  const warned = new Set<string>();
  let next = files.length;
  for (const [index, incident] of incidents.entries()) {
    const ofFiles = inFiles.get(incident.path) ?? [];
    const seen = texts[index]!.map((text, place) => ({ text, leaks: found[next + place]! }));
    next += seen.length;
    const written = ofFiles.flatMap(({ file, leaks }) => secretsIn(file.text, leaks));
    const published = seen.flatMap(({ text, leaks }) => secretsIn(text, leaks));
    const looked = isLookedThrough(incident, now);
    if (looked) warned.add(incident.path);
    if (written.length + published.length === 0) {
      guarded.push(incident);
      continue;
    }
    const known = new BlackOut([...written, ...published]);
    const black = new Map(seen.map(({ text, leaks }) => [text, known.whole(blackedOut(text, leaks))]));
    guarded.push(rewritten(incident, (text) => black.get(text) ?? text));
    if (looked && written.length === 0) added.push(hiddenSecret(incident));
    for (const { file, leaks } of ofFiles)
      blanked.set(`incidents/${file.path}`, { lines: linesOf(veiled(file.text, leaks)), blackOut: known });
  }
  const known = new Set(incidents.map(({ path }) => path));
  for (const [incident, ofFiles] of inFiles) {
    // A draft is published nowhere, but is about to be.
    const looked = warned.has(incident) || !known.has(incident);
    for (const { file, leaks } of ofFiles) {
      const name = `incidents/${file.path}`;
      const secrets = secretsIn(file.text, leaks);
      if (secrets.length > 0 && !blanked.has(name))
        blanked.set(name, { lines: linesOf(veiled(file.text, leaks)), blackOut: new BlackOut(secrets) });
      if (looked) added.push(...faultsOf(problemsOf(file.text, leaks), name, veiled(file.text, leaks)));
    }
  }
  return {
    incidents: guarded,
    faults: [...faults.map((fault) => masked(fault, blanked.get(fault.file))), ...added],
  };
}

/**
 * Texts as they may be shown to whoever reads a log: a sign stands for each character of a secret, so that lines and
 * columns stay. Never rejects.
 */
export async function veiledTexts(
  texts: string[],
  site: Site,
  findSecrets: FindSecrets = loadedLibrary,
): Promise<string[]> {
  const own = ownAddresses(site);
  const found = await lookThrough(texts, own, findSecrets).catch(() =>
    lookThrough(texts, own, async () => texts.map(() => [])),
  );
  return texts.map((text, index) => veiled(text, found[index]!));
}

/** Loaded only here, when there is something to look through: commands that ask first start without it. */
async function loadedLibrary(texts: string[]): Promise<Leak[][]> {
  if (texts.length === 0) return [];
  const { librarySecrets } = await import('./leaks-library.ts');
  return librarySecrets(texts);
}

function notLookedThrough(cause: unknown): string {
  return `The search for keys and tokens of known services failed (${cause instanceof Error ? cause.name : 'unknown cause'}): only private keys, passwords, common tokens and card numbers were looked for. Read the files once more yourself.`;
}

function isLookedThrough(incident: Incident, now: Instant): boolean {
  const { phase } = deriveIncident(incident, now);
  if (phase === 'open' || phase === 'upcoming') return true;
  const dates = [
    incident.nameDate,
    incident.started,
    incident.resolved,
    ...incident.updates.map(({ at }) => at),
  ];
  return dates.some((at) => at !== null && at >= now - RECENT);
}

/** Every text of an incident that somebody wrote and that may be shown. */
function textsOf(incident: Incident): string[] {
  const texts: string[] = [];
  rewritten(incident, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** The incident with `rewrite` done to each text that somebody wrote. Ids of updates stay fit for addresses. */
function rewritten(incident: Incident, rewrite: (text: string) => string): Incident {
  const ids = new Map<string, string>();
  for (const { id } of incident.updates) {
    if (rewrite(id) !== id) ids.set(id, ids.size === 0 ? 'hidden' : `hidden-${ids.size + 1}`);
  }
  const idOf = (id: string) => ids.get(id) ?? id;
  return {
    ...incident,
    title: rewrite(incident.title),
    summary: rewrite(incident.summary),
    updates: incident.updates.map((update) => ({
      ...update,
      id: idOf(update.id),
      authors: update.authors.map(rewrite),
      text: rewrite(update.text),
    })),
    unknownComponents: incident.unknownComponents.map(rewrite),
    hosts: incident.hosts.map(rewrite),
    aliases: incident.aliases.filter((alias) => rewrite(alias) === alias),
    translations: Object.fromEntries(
      Object.entries(incident.translations).map(([language, { title, summary, updates }]) => [
        language,
        {
          title: title === null ? null : rewrite(title),
          summary: summary === null ? null : rewrite(summary),
          updates: Object.fromEntries(Object.entries(updates).map(([id, text]) => [idOf(id), rewrite(text)])),
        },
      ]),
    ),
  };
}

function blackedOut(text: string, leaks: Leak[]): string {
  let result = '';
  let from = 0;
  for (const leak of leaks) {
    if (!isBlackedOut(leak)) continue;
    result += text.slice(from, leak.start) + BLACK;
    from = leak.end;
  }
  return result + text.slice(from);
}

/** The text with a sign for each character of a secret, so that lines and columns stay. */
function veiled(text: string, leaks: Leak[]): string {
  let result = '';
  let from = 0;
  for (const leak of leaks) {
    if (!isBlackedOut(leak)) continue;
    result += text.slice(from, leak.start) + text.slice(leak.start, leak.end).replace(/[^\r\n]/g, '█');
    from = leak.end;
  }
  return result + text.slice(from);
}

function secretsIn(text: string, leaks: Leak[]): string[] {
  return leaks.filter(isBlackedOut).map(({ start, end }) => text.slice(start, end));
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** A part of a secret that is so long gives it away. */
const PART = 8;
/** A file with more secrets than that is a list of them; each text is looked through by itself all the same. */
const MOST_SECRETS = 2000;

/** Blacks out secrets that are known, wherever they stand. */
class BlackOut {
  readonly #lines: string[];
  readonly #parts = new Set<string>();

  constructor(secrets: string[]) {
    const lines = new Set(
      [...new Set(secrets)]
        .slice(0, MOST_SECRETS)
        .flatMap(linesOf)
        .map((line) => line.replace(/^[\s>|]+|\s+$/g, ''))
        .filter((line) => line.length >= 4),
    );
    for (const line of lines) {
      for (let at = 0; at === 0 || at + PART <= line.length; at += 1)
        this.#parts.add(line.slice(at, at + PART));
    }
    // A password may be a word that means itself elsewhere.
    this.#lines = [...lines]
      .filter((line) => line.length >= 24 || (line.length >= 12 && /\d/.test(line)))
      .sort((a, b) => b.length - a.length)
      .slice(0, 200);
  }

  /** The text without any line of a secret that stands whole in it. */
  whole(text: string): string {
    return this.#lines.reduce((rest, line) => rest.replaceAll(line, BLACK), text);
  }

  /** The text without any stretch that is part of a secret: messages quote what they speak of cut short. */
  parts(text: string): string {
    let result = '';
    let hiddenTo = 0;
    for (let at = 0; at < text.length; at += 1) {
      for (let length = PART; length >= 4; length -= 1) {
        if (!this.#parts.has(text.slice(at, at + length))) continue;
        if (at >= hiddenTo) result += BLACK;
        hiddenTo = Math.max(hiddenTo, at + length);
        break;
      }
      if (at >= hiddenTo) result += text[at];
    }
    return result;
  }
}

/** A fault of a file that holds secrets, without them. An edit that would write one is not offered. */
function masked(fault: Fault, veil: { lines: string[]; blackOut: BlackOut } | undefined): Fault {
  if (veil === undefined) return fault;
  const { lines, blackOut } = veil;
  return {
    ...fault,
    source: fault.source === '' ? '' : (lines[fault.line - 1] ?? ''),
    message: blackOut.parts(fault.message),
    publishedAs: fault.publishedAs === null ? null : blackOut.parts(fault.publishedAs),
    fix: fault.fix?.some(({ text }) => blackOut.parts(text) !== text) ? null : fault.fix,
  };
}

function problemsOf(text: string, leaks: Leak[]): Problem[] {
  const counts = new Map<Leak['kind'], number>();
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const leak of leaks) {
    const value = text.slice(leak.start, leak.end);
    if (!isBlackedOut(leak) && seen.has(value)) continue;
    seen.add(value);
    const count = (counts.get(leak.kind) ?? 0) + 1;
    counts.set(leak.kind, count);
    if (count > MOST_WARNINGS) continue;
    const details = isBlackedOut(leak) ? { publishedAs: BLACK } : {};
    problems.push(warning(leak.start, leak.end, leak.kind, messageOf(leak, value), details));
  }
  for (const [kind, count] of counts) {
    const last = problems.findLast(({ code }) => code === kind);
    if (count > MOST_WARNINGS && last !== undefined)
      last.message += ` ${count - MOST_WARNINGS} more stand below.`;
  }
  return problems;
}

const STILL_THERE = 'It still stands in this file and in what was committed';

function messageOf({ kind, what, harmless }: Leak, value: string): string {
  switch (kind) {
    case 'secret': {
      const excerpt =
        value.length >= 3 * harmless && harmless > 0 ? `${value.slice(0, harmless)}${BLACK}` : BLACK;
      return `"${excerpt}" looks like a secret (${what}): whoever has it can use it. ${STILL_THERE}: revoke it, and write what happened without it.`;
    }
    case 'card-number':
      return `"${BLACK}${value.slice(-4)}" looks like the number of a payment card. ${STILL_THERE}: delete it here.`;
    case 'iban':
      return "This looks like the number of a bank account (IBAN). It is published as written: delete it if it is a customer's.";
    case 'email-address':
      return 'This mail address is none of the site\'s own, so it may be a customer\'s. It is published as written: delete it, or add it to "contacts" in status.config.yml.';
  }
}

function hiddenSecret(incident: Incident): Fault {
  return faultOfFile(
    `incidents/${incident.path}`,
    'warning',
    'secret',
    `A text of this file looks like a secret once it is shown to readers. ${STILL_THERE}: revoke it, and write what happened without it.`,
    BLACK,
  );
}
