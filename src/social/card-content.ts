import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { allComponents, localText, type Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import { type ComponentState, isEnded, type Status, stateOfImpact, worseState } from '../domain/words.ts';
import type { Locale } from '../i18n/locale.ts';

/** What a card is about: decides its mark, tint and ink. `notice` has no mark. */
export type CardState = ComponentState | 'notice';

/**
 * Everything that a card says, as finished strings in the reader's language: plain JSON. Equal contents give equal
 * pictures. Any text may be empty: then its place stays free.
 */
export interface CardContent {
  state: CardState;
  stateWord: string;
  siteName: string;
  title: string;
  /** First sentences of an update, plain text. */
  text: string;
  components: string[];
  asOf: string;
  signature: string;
  /** Host name of the page. */
  host: string;
  /** BCP 47 tag: chooses hyphenation and the shapes of Han characters. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** Said on the card where the site is a demonstration. */
  demonstration?: string;
}

/** What every card of a site takes besides its subject. */
export interface CardSite {
  site: Site;
  locale: Locale;
}

/** Plain texts of a card in the locale's language. */
export interface CardTexts {
  title: string;
  text: string;
}

/**
 * The card for the whole page: its headline, the worst state and the components that are not well. Its time is that of
 * the newest thing said: with the time of the build it would change with every build.
 */
export function siteCard(
  base: CardSite,
  status: SiteStatus,
  texts: CardTexts & { state: ComponentState },
): CardContent {
  const newest = status.incidents
    .map((incident) => incident.newest)
    .filter((update) => update.at <= status.now)
    .reduce<Update | null>((latest, update) => (latest && latest.at >= update.at ? latest : update), null);
  const troubled = Object.values(status.components).filter(({ state }) => state !== 'operational');
  const { locale } = base;
  const harmless = texts.state === 'operational' && status.open.length > 0;
  return finish(base, {
    ...texts,
    ...(harmless ? noEffect(locale) : { state: texts.state, stateWord: locale.state(texts.state) }),
    components: troubled.map(({ id }) => id),
    at: newest,
    authors: [],
  });
}

/** The card for one incident, maintenance or notice as it stands. */
export function incidentCard(base: CardSite, subject: IncidentStatus, texts: CardTexts): CardContent {
  const { newest } = subject;
  return subjectCard(base, subject, texts, newest, subject.status, subject.components);
}

/** The card for one update: its own time and signature, and the state that the subject was in then. */
export function updateCard(
  base: CardSite,
  subject: IncidentStatus,
  update: Update,
  texts: CardTexts,
): CardContent {
  if (update.id === subject.newest.id) return incidentCard(base, subject, texts);
  const then = subject.spans.filter(({ from, to }) => from <= update.at && (to === null || to > update.at));
  return subjectCard(base, subject, texts, update, update.status, then);
}

/** What a card shows, for those who can't see it: the same strings as sentences, the most important first. */
export function cardAltText(content: CardContent): string {
  const sentences = [
    content.demonstration ?? '',
    `${content.siteName}: ${content.stateWord}`,
    content.title,
    content.text,
    content.components.join(', '),
    content.asOf,
    content.signature,
    content.host,
  ];
  return sentences
    .map((sentence) => sentence.replace(/\s+/gu, ' ').trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[\p{Sentence_Terminal}…]["'”’»)\]]*$/u.test(sentence) ? sentence : `${sentence}.`))
    .join(' ');
}

function subjectCard(
  base: CardSite,
  subject: IncidentStatus,
  texts: CardTexts,
  update: Update,
  status: Status,
  states: { state: ComponentState }[],
): CardContent {
  const { locale } = base;
  const { kind, window } = subject;
  const state = stateOf(subject, status, states);
  // A report after the end tells of something that is over: the word on the card stays the one that says so.
  const said = status === 'postmortem' ? 'resolved' : status;
  const stateWord =
    state === 'notice' || isEnded(status) || status === 'scheduled'
      ? locale.status(said)
      : locale.state(state);
  const harmless = kind === 'incident' && !isEnded(status) && state === 'operational';
  const planned = kind === 'maintenance' && window !== null && !isEnded(status);
  return finish(base, {
    ...(harmless ? noEffect(locale) : { state, stateWord }),
    title: texts.title,
    text: planned ? `${locale.fullWindow(window.from, window.to)}. ${texts.text}`.trim() : texts.text,
    components: subject.components.map(({ id }) => id),
    at: update,
    authors: update.authors,
  });
}

/** What is open without an effect that anybody knows of is no trouble to name, but no green either. */
function noEffect(locale: Locale): Pick<CardContent, 'state' | 'stateWord'> {
  return { state: 'notice', stateWord: locale.t('line.noEffect') };
}

function stateOf(subject: IncidentStatus, status: Status, states: { state: ComponentState }[]): CardState {
  if (subject.kind === 'notice' || status === 'cancelled') return 'notice';
  if (isEnded(status)) return 'operational';
  const least = subject.kind === 'maintenance' ? 'under maintenance' : stateOfImpact(subject.impact);
  return states.map(({ state }) => state).reduce<ComponentState>(worseState, least);
}

interface Parts extends CardTexts {
  state: CardState;
  stateWord: string;
  /** Ids. */
  components: string[];
  at: Pick<Update, 'at' | 'precision'> | null;
  authors: string[];
}

function finish({ site, locale }: CardSite, parts: Parts): CardContent {
  const concerned = new Set(parts.components);
  return {
    state: parts.state,
    stateWord: parts.stateWord,
    siteName: site.name,
    title: parts.title,
    text: parts.text,
    components: allComponents(site)
      .filter(({ id }) => concerned.has(id))
      .map(({ name }) => localText(name, locale.language, site)),
    asOf:
      parts.at === null ? '' : locale.t('card.asOf', { time: locale.full(parts.at.at, parts.at.precision) }),
    signature: parts.authors.map((author) => site.authors[author] ?? author).join(', '),
    host: URL.parse(site.url)?.host ?? '',
    language: locale.language,
    direction: locale.direction,
    ...(site.clock === null ? {} : { demonstration: locale.t('card.demonstration') }),
  };
}
