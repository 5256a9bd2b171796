const SHORT = 40;

/**
 * A headline at its colon, "Dresden: power failure" as two phrases, so that a line breaks there first; the
 * title itself where a phrase would be long.
 */
export function titleParts(title: string): [first: string, second?: string] {
  const colon = title.indexOf(': ');
  if (colon < 0) return [title];
  const [first, second] = [title.slice(0, colon + 1), title.slice(colon + 2)];
  return first.length > SHORT || second.length > SHORT ? [title] : [first, second];
}
