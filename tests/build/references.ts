import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;

/** An address in a page. `load`: the browser fetches it by itself; `link`: readers or programs may follow it. */
export interface Reference {
  kind: 'load' | 'link';
  url: string;
  /** For messages: `a[href]`. */
  from: string;
}

/** Every element of a page, in the order of the document. */
export function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(html));
  return found;
}

/** An attribute's value; null where the element has none. */
export function attribute(element: Element, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null;
}

/** The text directly in an element, such as a style sheet's. */
export function textOf(element: Element): string {
  return element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}

const FOLLOWED_RELS = new Set([
  'canonical',
  'alternate',
  'self',
  'next',
  'prev',
  'help',
  'license',
  'me',
  'author',
]);

/** Every address of a page: links, pictures, feeds, cards. Fragments alone (`#x`) are left to `brokenFragments`. */
export function referencesOf(html: string): Reference[] {
  const found: Reference[] = [];
  for (const element of elementsOf(html)) {
    const add = (kind: Reference['kind'], url: string | null, name: string) => {
      if (url !== null && !url.startsWith('#'))
        found.push({ kind, url, from: `${element.tagName}[${name}]` });
    };
    const rel = (attribute(element, 'rel') ?? '').toLowerCase().split(/\s+/);
    const property = attribute(element, 'property') ?? attribute(element, 'name') ?? '';
    if (element.tagName === 'a' || element.tagName === 'area')
      add('link', attribute(element, 'href'), 'href');
    else if (element.tagName === 'link') {
      add(rel.every((word) => FOLLOWED_RELS.has(word)) ? 'link' : 'load', attribute(element, 'href'), 'href');
    } else if (element.tagName === 'meta' && /^(og|twitter):(image|url|image:url)$/.test(property)) {
      add('link', attribute(element, 'content'), `${property}`);
    } else if (element.tagName === 'form') add('link', attribute(element, 'action'), 'action');
    else {
      for (const name of ['src', 'href', 'data', 'poster', 'xlink:href'])
        add('load', attribute(element, name), name);
      for (const candidate of (attribute(element, 'srcset') ?? '')
        .split(',')
        .filter((part) => part.trim() !== '')) {
        add('load', candidate.trim().split(/\s+/)[0] ?? '', 'srcset');
      }
    }
  }
  return found;
}

/** Fragments (`#x`) of a page that lead to nothing in it. */
export function brokenFragments(html: string): string[] {
  const elements = elementsOf(html);
  const ids = new Set(elements.map((element) => attribute(element, 'id')));
  return elements
    .map((element) => attribute(element, 'href') ?? '')
    .filter((href) => href.startsWith('#') && href !== '#top' && !ids.has(decodeURIComponent(href.slice(1))));
}
