/** A text that the Markdown parser takes in time that grows with its length alone. */
export interface GuardedText {
  /** As long as the text it was made from: offsets stay. */
  text: string;
  /** Gives a string of the parsed tree its own characters back; null where nothing was changed. */
  restore: ((text: string) => string) | null;
}

/** Quotes and lists within each other that one line may open. */
const DEEPEST = 40;
/** Signs of a text that may mean something to Markdown; an incident has some hundred. */
const MOST_SIGNS = 30_000;
/** Lines without an empty line between them: past so many characters they are shown as typed, as one paragraph. */
const LONGEST_BLOCK = 64_000;
/** The lines below that many, too. */
const MOST_LINES = 20_000;
/** Signs times the lengths of their lines: for each sign in a line the parser counts the line's characters. */
const MOST_WORK = 400_000_000;
/** Definitions of footnotes: for each the parser goes through the rest of the text. */
const MOST_FOOTNOTES = 100;
/** Signs of one block over which the parser takes a time that grows with the square of their number. */
const MOST_IN_BLOCK = { underscore: 2000, entity: 100, link: 200 } as const;
const MOST_LINKS = 2000;
/** A word longer than that is no address. */
const LONGEST_ADDRESS = 2000;

const FENCE = / {0,3}(?:`{3,}|~{3,})/y;
const FOOTNOTE = /[ \t]*\[\^/y;
const MARKER = /[ \t]*(?:[>*+-]|\d{1,9}([.)]))/y;
const UNDERLINE = /[ \t]*=/y;
const SIGN = /[*_~`[\]<&\\|!@]|(?<=www)\.|:(?=\/\/)/gi;

/**
 * Takes the meaning from signs that are too many: quotes nested without end, thousands of underscores or addresses in
 * one paragraph, a table of a megabyte. In their place stand characters that mean nothing to Markdown. Headings and the
 * fences of code keep their meaning, so that no update is lost. Null: no such characters are left to be had.
 */
export function guardMarkdown(source: string): GuardedText | null {
  const places = signsBeyondMeasure(source);
  if (places.length === 0) return { text: source, restore: null };
  const base = freeCharacters(source);
  if (base === null) return null;
  const units = Buffer.from(source, 'utf16le');
  for (const place of places) units.writeUInt16LE(base + source.charCodeAt(place), 2 * place);
  return {
    text: units.toString('utf16le'),
    restore: (part) => part.replace(/[\ue000-\uf8ff]/g, (character) => original(character, base)),
  };
}

/** How many characters stand in for ASCII. */
const ASCII = 128;

function original(character: string, base: number): string {
  const code = character.charCodeAt(0) - base;
  return code >= 0 && code < ASCII ? String.fromCharCode(code) : character;
}

/** The first of 128 characters for private use that the text does not use; null: it uses some of each 128. */
function freeCharacters(source: string): number | null {
  const used = new Set<number>();
  for (const [character] of source.matchAll(/[\ue000-\uf8ff]/g)) {
    used.add(Math.floor((character.charCodeAt(0) - 0xe000) / ASCII));
  }
  for (let block = 0; block < 50; block += 1) if (!used.has(block)) return 0xe000 + block * ASCII;
  return null;
}

/** Where they stand. */
function signsBeyondMeasure(source: string): number[] {
  const measure = new Measure(source);
  let needless = false;
  for (let start = 0; start < source.length; ) {
    const end = lineEnd(source, start);
    const first = firstInk(source, start, end);
    const isFence = first < end && '`~'.includes(source[first]!) && matches(FENCE, source, start);
    const isKept = isFence || (source[first] === '#' && first < end);
    measure.beginLine(start, end, first === end);
    // The line break before this line: without it, there is one paragraph instead of thousands.
    if (needless && !isKept && (first < end || measure.pastLines)) measure.takeLineBreakBefore(start);
    needless = measure.past && !isKept;
    if (!isFence) measure.signs();
    start = end + (source[end] === '\r' && source[end + 1] === '\n' ? 2 : 1);
  }
  return measure.places;
}

/** Where the first character that is no blank stands; the end of the line where there is none. */
function firstInk(source: string, start: number, end: number): number {
  let at = start;
  while (at < end && (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 9)) at += 1;
  return at;
}

function lineEnd(source: string, start: number): number {
  let end = start;
  for (; end < source.length; end += 1) {
    const code = source.charCodeAt(end);
    if (code === 10 || code === 13) break;
  }
  return end;
}

function matches(pattern: RegExp, source: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(source);
}

/** Signs that always count, whatever stands beside them, by their code. */
const ALWAYS = new Set(Array.from('*_~`[]<&\\|!@>+-=.):', (sign) => sign.charCodeAt(0)));

const KINDS: Record<string, keyof typeof MOST_IN_BLOCK> = {
  _: 'underscore',
  '&': 'entity',
  '@': 'link',
  '.': 'link',
  ':': 'link',
};

/** Goes through a text line by line and keeps the accounts. */
class Measure {
  readonly places: number[] = [];
  pastLines = false;
  /** Nothing in the line means anything. */
  past = false;
  readonly #source: string;
  #start = 0;
  #end = 0;
  #lines = 0;
  #signs = 0;
  #links = 0;
  #footnotes = 0;
  #work = 0;
  #block = { length: 0, underscore: 0, entity: 0, link: 0 };

  constructor(source: string) {
    this.#source = source;
  }

  beginLine(start: number, end: number, isBlank: boolean): void {
    this.#start = start;
    this.#end = end;
    this.#lines += 1;
    this.pastLines = this.#lines > MOST_LINES;
    if (isBlank) this.#block = { length: 0, underscore: 0, entity: 0, link: 0 };
    else this.#block.length += end - start;
    this.past = this.pastLines || this.#block.length > LONGEST_BLOCK;
  }

  takeLineBreakBefore(start: number): void {
    if (this.#source.startsWith('\r\n', start - 2)) this.places.push(start - 2);
    this.places.push(start - 1);
  }

  signs(): void {
    if (this.past) {
      for (let at = this.#start; at < this.#end; at += 1) {
        if (ALWAYS.has(this.#source.charCodeAt(at))) this.places.push(at);
      }
      return;
    }
    const at = this.#opening();
    const line = this.#source.slice(this.#start, this.#end);
    const inLongWord = longWords(line);
    SIGN.lastIndex = at - this.#start;
    for (let match = SIGN.exec(line); match !== null; match = SIGN.exec(line)) {
      const index = this.#start + match.index;
      const kind = KINDS[match[0]];
      let refused = this.#count();
      if (kind !== undefined) refused = ++this.#block[kind] > MOST_IN_BLOCK[kind] || refused;
      if (kind === 'link') {
        this.#links += 1;
        refused = this.#links > MOST_LINKS || inLongWord(match.index) || refused;
      }
      if (refused) this.places.push(index);
    }
  }

  /** What opens quotes, lists, footnotes and underlines at the beginning of the line; gives where it ends. */
  #opening(): number {
    let at = this.#start;
    for (let depth = 1; ; depth += 1) {
      const after = this.#after(MARKER, at);
      if (after === null) break;
      at = after;
      if (this.#count() || depth > DEEPEST) this.places.push(at - 1);
    }
    const underline = this.#after(UNDERLINE, at);
    if (underline !== null && this.#count()) this.places.push(underline - 1);
    const footnote = this.#after(FOOTNOTE, at);
    if (footnote === null) return underline ?? at;
    this.#footnotes += 1;
    if (this.#count() || this.#footnotes > MOST_FOOTNOTES) this.places.push(footnote - 2);
    return footnote;
  }

  #after(pattern: RegExp, at: number): number | null {
    if (!matches(pattern, this.#source, at)) return null;
    return pattern.lastIndex <= this.#end ? pattern.lastIndex : null;
  }

  /** Counts a sign; true: it is one too many. */
  #count(): boolean {
    this.#signs += 1;
    this.#work += this.#end - this.#start;
    return this.#signs > MOST_SIGNS || this.#work > MOST_WORK;
  }
}

/** Tells of places, asked for from left to right, whether a word beyond measure stands there. */
function longWords(line: string): (at: number) => boolean {
  if (line.length <= LONGEST_ADDRESS) return () => false;
  const words = line.matchAll(/\S+/g);
  let next = words.next();
  return (at) => {
    while (!next.done && next.value.index + next.value[0].length <= at) next = words.next();
    return !next.done && next.value[0].length > LONGEST_ADDRESS;
  };
}
