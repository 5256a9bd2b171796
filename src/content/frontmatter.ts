import matter from 'gray-matter';
import { type Document, parseDocument } from 'yaml';
import { YAML_OPTIONS } from './yaml-scalar.ts';

/** Refuses what gray-matter would hand to another language: nothing in a file is ever run. */
const refused = {
  parse: (): never => {
    throw new Error('Only YAML is read.');
  },
};

/**
 * Parses the YAML between two fences (without them, no line of it begins with `---`); the only place where gray-matter is called, always with options,
 * so that it neither runs code nor keeps half-read files. Faults of the YAML stand in the document. Null: beyond reading.
 */
export function parseFrontmatter(yaml: string): Document | null {
  try {
    // Its search for comments takes quadratic time over blank lines, so it gets none; the parser sees the text as it is.
    const file = matter(`---\n${yaml.replace(/\n\s*\n/g, '\n')}\n---\n`, {
      language: 'yaml',
      engines: {
        yaml: () => ({ document: parseDocument(yaml, YAML_OPTIONS) }),
        json: refused,
        javascript: refused,
        js: refused,
        coffee: refused,
      },
    });
    return (file.data.document as Document | undefined) ?? parseDocument('', YAML_OPTIONS);
  } catch {
    return null;
  }
}
