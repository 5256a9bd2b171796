import { incidentPath, languageFolder, urlOf } from '../domain/address.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { DatedUpdate } from './dated-update.ts';
import { categoriesOf, type FeedContext, type FeedItem, signersOf, titleIn } from './item.ts';
import { inLanguage, type TextPart } from './update-html.ts';
import { escapeXml, withoutForbidden } from './xml.ts';

/**
 * The newest `count` incidents and maintenances in the shape of Statuspage's history feeds: an item each, with all
 * updates in it, newest first; the one that was spoken of last at first. Notices are none of them there, so they are
 * none here. `updates` are all of the site, dated; `publicId` gives the id by which machines know an incident.
 */
export function historyItems(
  updates: DatedUpdate[],
  count: number,
  context: FeedContext,
  publicId: (one: IncidentStatus) => string,
): FeedItem[] {
  const all = new Map<IncidentStatus, DatedUpdate[]>();
  for (const dated of updates) {
    if (dated.one.kind === 'notice') continue;
    const own = all.get(dated.one);
    if (own === undefined) all.set(dated.one, [dated]);
    else own.push(dated);
  }
  return [...all].slice(0, count).map(([one, own]) => historyItem(one, own, context, publicId));
}

function historyItem(
  one: IncidentStatus,
  updates: DatedUpdate[],
  context: FeedContext,
  publicId: (one: IncidentStatus) => string,
): FeedItem {
  const { site, language } = context;
  const { title, titleLanguage } = titleIn(one, language);
  return {
    id: tagUri(site, language, publicId(one)),
    url: urlOf(site, language, incidentPath(one.incident.slug)),
    title: withoutForbidden(title),
    titleLanguage,
    html: withoutForbidden(updates.map((dated) => updateHtml(dated, context)).join('\n')),
    published: updates.at(-1)!.at,
    updated: updates[0]!.at,
    categories: categoriesOf(one, context.names),
    authors: signersOf(
      updates.flatMap(({ update }) => update.authors),
      site,
    ),
  };
}

/**
 * A `tag:` URI (RFC 4151) for an incident in a language. The date in it is part of the name and says nothing of the
 * incident: it is one at which all sites stand on their own ground, and must never change.
 */
function tagUri(site: Site, language: string, publicId: string): string {
  const { hostname, pathname } = new URL(site.url);
  const folder = `${pathname.replace(/^\/+|\/+$/g, '')}/`.replace(/^\/$/, '');
  return `tag:${hostname},2026:${folder}${languageFolder(site, language)}incidents/${publicId}`;
}

/**
 * `<p><small>date</small><br><strong>Resolved</strong> - text</p>`, paragraphs of the text parted by line breaks: what
 * reads Statuspage's feeds looks for this. Lists, tables and the like can't stand in a paragraph and follow it.
 */
function updateHtml({ one, update }: DatedUpdate, { locale, language, parts }: FeedContext): string {
  const head = `<small>${escapeXml(locale.full(update.at, update.precision))}</small><br><strong>${escapeXml(locale.status(update.status))}</strong>`;
  const inside: string[] = [];
  const after: string[] = [];
  for (const part of parts(one, update)) {
    const { lines, blocks } = after.length === 0 ? leadingLines(part) : { lines: '', blocks: part.html };
    if (lines !== '') inside.push(inLanguage('span', lines, part.language, language));
    if (blocks !== '') after.push(inLanguage('div', blocks, part.language, language));
  }
  const paragraph = inside.length === 0 ? `<p>${head}</p>` : `<p>${head} - ${inside.join(BETWEEN)}</p>`;
  return [paragraph, ...after].join('\n');
}

const BETWEEN = '<br><br>';

/** The paragraphs that a text begins with, as lines; and what follows them. */
function leadingLines({ html }: TextPart): { lines: string; blocks: string } {
  const lines: string[] = [];
  let rest = html;
  while (rest.startsWith('<p>')) {
    const end = rest.indexOf('</p>');
    lines.push(rest.slice('<p>'.length, end));
    rest = rest.slice(end + '</p>'.length).trimStart();
  }
  return { lines: lines.join(BETWEEN), blocks: rest };
}
