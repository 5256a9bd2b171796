/**
 * What a YAML text of ours may hold, told to the repair rules: a text alone can't say whether ` impact: major` is an
 * entry of the map above or a key that slipped to the right. A shape without keys, names and items is a single value.
 */
export interface Shape {
  /** The value is text for readers, to be taken as it was typed. */
  text?: boolean;
  /** Keys of a map, in their usual spelling. */
  keys?: Readonly<Record<string, Shape>>;
  /** A map may have other names as keys (components, languages, signatures). */
  names?: Shape;
  /** Entries of a list. */
  item?: Shape;
}

/** A single value without spaces of its own: a word, a time, a number, yes or no. */
export const WORD: Shape = {};
/** One line of text for readers. */
export const TEXT: Shape = { text: true };

/** Whether the value can be nothing but a single one. */
export function isSingle(shape: Shape): boolean {
  return shape.keys === undefined && shape.names === undefined && shape.item === undefined;
}
