import type { Site } from '../domain/site.ts';

/** A language file, or a part of it. */
export interface TextNode {
  [key: string]: string | TextNode;
}

/**
 * The pattern that stands at a path of a language file; null where it has none. Beside `key`, a file may hold
 * `key@du`, which is taken where the site speaks to its readers so. A plural `category` chooses among forms and
 * gives way to `other`.
 */
export function lookUp(
  file: TextNode,
  path: string,
  address: Site['address'],
  category: string | null,
): string | null {
  let node: string | TextNode | undefined = file;
  for (const key of path.split('.')) {
    if (typeof node !== 'object') return null;
    node = (address === 'du' ? own(node, `${key}@du`) : undefined) ?? own(node, key);
  }
  if (typeof node === 'object') node = own(node, category ?? 'other') ?? own(node, 'other');
  return typeof node === 'string' ? node : null;
}

function own(node: TextNode, key: string): string | TextNode | undefined {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}
