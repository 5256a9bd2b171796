import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

/**
 * The rules of the W3C feed validator (https://github.com/w3c/feedvalidator, names of its messages in capitals) that a
 * feed of ours could break, with the place that each rule comes from. Each function lists what is wrong, as sentences;
 * an empty list is a feed that it finds nothing in. What the validator only sees over HTTP (types, redirects, whether a
 * feed lies where it says) belongs to the host.
 */
interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
  text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

function treeOf(xml: string): Node {
  const [root] = nodesOf(parser.parse(xml)).filter(({ name }) => !name.startsWith('?'));
  return root!;
}

type Ordered = { ':@'?: Record<string, string> } & { [name: string]: Ordered[] | string };

function nodesOf(list: Ordered[]): Node[] {
  return list
    .map((entry) => ({ entry, name: Object.keys(entry).find((key) => key !== ':@')! }))
    .filter(({ name }) => name !== '#text')
    .map(({ entry, name }) => {
      const content = entry[name] as Ordered[];
      return {
        name,
        attributes: entry[':@'] ?? {},
        children: nodesOf(content),
        text: content.map((one) => (typeof one['#text'] === 'string' ? one['#text'] : '')).join(''),
      };
    });
}

const all = (node: Node, name: string) => node.children.filter((child) => child.name === name);
const one = (node: Node, name: string) => all(node, name)[0];

/** Collects what is wrong. */
class Problems {
  readonly list: string[] = [];
  readonly where: string;

  constructor(where: string) {
    this.where = where;
  }

  unless(holds: boolean, rule: string): void {
    if (!holds) this.list.push(`${this.where}: ${rule}`);
  }
}

const FULL_URI = /^[a-z][a-z0-9+.-]*:(\/\/)?[0-9a-z;/?:@&=+$.\-_!~*'()%,#]+$/i;
const HTTP = /^https?:\/\/[^/]/i;
const TAG =
  /^tag:([a-z0-9\-._]+@)?[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-z;/?:@&=+$.\-_!~*'()%,]*(#.*)?$/i;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i;
const RFC822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const MIME = /^[\w.+-]+\/[\w.+-]+$/;

/** SAXError, BadCharacters, MissingNamespace: XML 1.0 and Namespaces in XML 1.0. */
function xmlProblems(xml: string, problems: Problems): boolean {
  const valid = XMLValidator.validate(xml);
  problems.unless(valid === true, `not well-formed: ${valid === true ? '' : valid.err.msg}`);
  problems.unless(/^<\?xml version="1\.0" encoding="utf-8"\?>/i.test(xml), 'names its encoding first');
  const bad = /[^\P{Cc}\t\n\r]|\uFFFD|\p{Noncharacter_Code_Point}|\p{Surrogate}/u.exec(xml);
  problems.unless(bad === null, `holds a character that it must not: ${JSON.stringify(bad?.[0])}`);
  const known = new Set([...xml.matchAll(/\sxmlns:([a-z]+)="/g)].map((match) => match[1]).concat('xml'));
  const used = [...xml.matchAll(/<\/?([a-z]+):/g)].map((match) => match[1]);
  for (const prefix of used) problems.unless(known.has(prefix), `the prefix ${prefix} is not declared`);
  return valid === true;
}

/** DuplicateElement, UndefinedElement. */
function elementProblems(node: Node, once: string[], many: string[], problems: Problems): void {
  for (const { name } of node.children) {
    problems.unless([...once, ...many].includes(name), `${node.name} can't hold ${name}`);
  }
  for (const name of once) problems.unless(all(node, name).length <= 1, `${name} stands twice`);
}

const INERT = new Set(
  'a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre s small span strong sub sup table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const INERT_ATTRIBUTES = new Set('alt class dir href lang rel scope src start tabindex title'.split(' '));

/**
 * NotHtml, SecurityRisk, SecurityRiskAttr, DangerousStyleAttr, ContainsRelRef: escaped HTML parses without an error,
 * runs nothing, brings no styles, and each address in it is absolute.
 */
function htmlProblems(html: string, problems: Problems): void {
  problems.unless(html.trim() !== '', 'a text is blank');
  const fragment = parseFragment(html, {
    onParseError: ({ code }) => problems.unless(false, `no HTML: ${code}`),
  });
  const visit = (node: DefaultTreeAdapterTypes.ChildNode) => {
    if ('tagName' in node) {
      problems.unless(INERT.has(node.tagName), `<${node.tagName}> in a text`);
      for (const { name, value } of node.attrs) {
        problems.unless(INERT_ATTRIBUTES.has(name), `${name} on <${node.tagName}>`);
        if (name === 'href' || name === 'src') {
          problems.unless(/^(https?:\/\/[^/]|mailto:|tel:)/i.test(value), `not absolute: ${value}`);
        }
        if (name === 'src') problems.unless(HTTP.test(value), `a picture from ${value}`);
      }
    }
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  for (const child of fragment.childNodes) visit(child);
}

/**
 * What is wrong with an RSS 2.0 feed (https://www.rssboard.org/rss-specification, and the RSS Advisory Board's profile for
 * atom:link and dc:creator). Titles may look like HTML where an operator wrote them so: ContainsHTML is not held.
 */
export function rssProblems(xml: string): string[] {
  const problems = new Problems('rss');
  if (!xmlProblems(xml, problems)) return problems.list;
  const rss = treeOf(xml);
  problems.unless(rss.name === 'rss' && rss.attributes.version === '2.0', 'is no RSS 2.0');
  problems.unless(rss.children.length === 1 && rss.children[0]!.name === 'channel', 'has not one channel');
  const channel = one(rss, 'channel')!;
  const once = ['title', 'link', 'description', 'language'];
  elementProblems(channel, once, ['atom:link', 'item'], problems);
  // MissingTitle, MissingLink, MissingDescription, MissingDCLanguage: "required channel elements".
  for (const name of once) problems.unless((one(channel, name)?.text ?? '') !== '', `has no ${name}`);
  problems.unless(HTTP.test(one(channel, 'link')?.text ?? ''), 'InvalidFullLink: channel link');
  problems.unless(LANGUAGE.test(one(channel, 'language')?.text ?? ''), 'InvalidLanguage');
  // MissingAtomSelfLink, SelfNotAtom, RelativeSelf: RSS profile, "Atom: link".
  const self = all(channel, 'atom:link').filter(({ attributes }) => attributes.rel === 'self');
  problems.unless(self.length === 1, 'MissingAtomSelfLink');
  problems.unless(self[0]?.attributes.type === 'application/rss+xml', 'SelfNotAtom');
  problems.unless(HTTP.test(self[0]?.attributes.href ?? ''), 'RelativeSelf');
  // MisplacedItem.
  const firstItem = channel.children.findIndex(({ name }) => name === 'item');
  const after = firstItem < 0 ? [] : channel.children.slice(firstItem);
  problems.unless(
    after.every(({ name }) => name === 'item'),
    'MisplacedItem: what the feed says of itself stands after items',
  );
  const guids = new Set<string>();
  for (const item of all(channel, 'item')) {
    elementProblems(
      item,
      ['title', 'link', 'guid', 'description', 'pubDate'],
      ['dc:creator', 'category'],
      problems,
    );
    const text = (name: string) => one(item, name)?.text ?? '';
    // ItemMustContainTitleOrDescription, NotBlank.
    problems.unless(text('title').trim() !== '', 'NotBlank: title');
    htmlProblems(text('description'), problems);
    problems.unless(
      FULL_URI.test(text('link')) && HTTP.test(text('link')),
      `InvalidFullLink ${text('link')}`,
    );
    // MissingGuid, DuplicateValue, InvalidBooleanAttribute, InvalidHttpGUID, InvalidPermalink, NotSufficientlyUnique.
    const guid = text('guid');
    problems.unless(guid.length > 8, 'MissingGuid');
    problems.unless(!guids.has(guid), `DuplicateValue: guid ${guid}`);
    guids.add(guid);
    const permalink = one(item, 'guid')?.attributes.isPermaLink ?? 'true';
    problems.unless(permalink === 'true' || permalink === 'false', 'InvalidBooleanAttribute: isPermaLink');
    problems.unless(permalink === 'false' || HTTP.test(guid), `InvalidPermalink: ${guid}`);
    problems.unless(FULL_URI.test(guid), `InvalidHttpGUID: ${guid}`);
    problems.unless(!guid.startsWith('tag:') || TAG.test(guid), `InvalidTAG: ${guid}`);
    // InvalidRFC2822Date, IncorrectDOW, ImplausibleDate: RFC 822 as amended by RFC 1123.
    const date = one(item, 'pubDate')?.text;
    if (date !== undefined) {
      problems.unless(RFC822.test(date), `InvalidRFC2822Date: ${date}`);
      problems.unless(new Date(date).toUTCString() === date, `IncorrectDOW: ${date}`);
      problems.unless(new Date(date).getUTCFullYear() >= 1990, `ImplausibleDate: ${date}`);
    }
    for (const { text: name } of all(item, 'category'))
      problems.unless(name.trim() !== '', 'NotBlank: category');
    for (const { text: name } of all(item, 'dc:creator')) {
      problems.unless(name.trim() !== '', 'NotBlank: dc:creator');
    }
  }
  return problems.list;
}

/** What is wrong with an Atom feed (RFC 4287). */
export function atomProblems(xml: string): string[] {
  const problems = new Problems('atom');
  if (!xmlProblems(xml, problems)) return problems.list;
  const feed = treeOf(xml);
  problems.unless(
    feed.name === 'feed' && feed.attributes.xmlns === 'http://www.w3.org/2005/Atom',
    'is no Atom 1.0',
  );
  problems.unless(LANGUAGE.test(feed.attributes['xml:lang'] ?? ''), 'MissingDCLanguage: xml:lang');
  const once = ['id', 'title', 'updated'];
  elementProblems(feed, [...once, 'subtitle'], ['author', 'link', 'entry'], problems);
  // MissingElement: §4.1.1.
  for (const name of once) problems.unless((one(feed, name)?.text ?? '') !== '', `MissingElement: ${name}`);
  problems.unless(FULL_URI.test(one(feed, 'id')?.text ?? ''), 'InvalidFullLink: id');
  dateProblem(one(feed, 'updated')?.text ?? '', problems);
  // MissingSelf, SelfNotAtom, RelativeSelf: §4.1.1 "SHOULD contain one atom:link element with a rel of self".
  const self = all(feed, 'link').filter(({ attributes }) => attributes.rel === 'self');
  problems.unless(self.length === 1, 'MissingSelf');
  problems.unless(self[0]?.attributes.type === 'application/atom+xml', 'SelfNotAtom');
  problems.unless(HTTP.test(self[0]?.attributes.href ?? ''), 'RelativeSelf');
  linkProblems(feed, problems);
  personProblems(feed, problems);
  const firstEntry = feed.children.findIndex(({ name }) => name === 'entry');
  const after = firstEntry < 0 ? [] : feed.children.slice(firstEntry);
  problems.unless(
    after.every(({ name }) => name === 'entry'),
    'MisplacedMetadata',
  );
  const ids = new Set<string>();
  const dates = new Set<string>();
  for (const entry of all(feed, 'entry')) {
    elementProblems(
      entry,
      ['id', 'title', 'published', 'updated', 'content'],
      ['link', 'author', 'category'],
      problems,
    );
    const text = (name: string) => one(entry, name)?.text ?? '';
    for (const name of ['id', 'title', 'updated', 'content']) {
      problems.unless(text(name).trim() !== '', `MissingElement: ${name}`);
    }
    // DuplicateEntries: §4.1.1; InvalidTAG: RFC 4151.
    problems.unless(FULL_URI.test(text('id')), `InvalidFullLink: id ${text('id')}`);
    problems.unless(!text('id').startsWith('tag:') || TAG.test(text('id')), `InvalidTAG: ${text('id')}`);
    problems.unless(!ids.has(text('id')), `DuplicateEntries: ${text('id')}`);
    ids.add(text('id'));
    // DuplicateUpdated; §4.2.9 and §4.2.15.
    problems.unless(!dates.has(text('updated')), `DuplicateUpdated: ${text('updated')}`);
    dates.add(text('updated'));
    dateProblem(text('updated'), problems);
    dateProblem(text('published'), problems);
    problems.unless(text('published') <= text('updated'), 'published after it was updated');
    problems.unless(text('updated') <= (one(feed, 'updated')?.text ?? ''), 'newer than its feed');
    // MissingContentOrAlternate, DuplicateAtomLink: §4.1.2.
    const alternates = all(entry, 'link').filter(({ attributes }) => attributes.rel === 'alternate');
    problems.unless(alternates.length === 1, 'has not one alternate link');
    linkProblems(entry, problems);
    // MissingElement author: §4.1.2.
    problems.unless(all(entry, 'author').length + all(feed, 'author').length > 0, 'nobody is its author');
    personProblems(entry, problems);
    for (const { attributes } of all(entry, 'category')) {
      problems.unless((attributes.term ?? '').trim() !== '', 'category without a term');
    }
    problems.unless(one(entry, 'content')?.attributes.type === 'html', 'content is not of type html');
    htmlProblems(text('content'), problems);
    const lang = one(entry, 'title')?.attributes['xml:lang'];
    problems.unless(lang === undefined || LANGUAGE.test(lang), `InvalidLanguage: ${lang}`);
  }
  return problems.list;
}

/** InvalidRFC3339Date, ImplausibleDate: §3.3. */
function dateProblem(date: string, problems: Problems): void {
  problems.unless(RFC3339.test(date) && !Number.isNaN(Date.parse(date)), `InvalidRFC3339Date: ${date}`);
  problems.unless(date >= '1990-01-01', `ImplausibleDate: ${date}`);
}

/** MissingHref, InvalidMIMEType, InvalidFullLink: §4.2.7. */
function linkProblems(node: Node, problems: Problems): void {
  const seen = new Set<string>();
  for (const { attributes } of all(node, 'link')) {
    problems.unless(HTTP.test(attributes.href ?? '') && FULL_URI.test(attributes.href!), 'InvalidFullLink');
    problems.unless(MIME.test(attributes.type ?? ''), 'InvalidMIMEType');
    const key = `${attributes.rel} ${attributes.type} ${attributes.hreflang}`;
    problems.unless(!seen.has(key), `DuplicateAtomLink: ${key}`);
    seen.add(key);
  }
}

/** MissingElement name, NotBlank: §3.2. */
function personProblems(node: Node, problems: Problems): void {
  for (const author of all(node, 'author')) {
    problems.unless((one(author, 'name')?.text ?? '').trim() !== '', 'an author without a name');
  }
}
