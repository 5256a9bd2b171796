import type { Edit } from './fault.ts';

/** A slip inside `[…]` or `{…}`: where it is, and the edits that mend it. Offsets into the line. */
export interface FlowSlip {
  code: 'typographic-quotes' | 'reserved-character' | 'missing-space' | 'extra-comma' | 'unquoted-colon';
  start: number;
  end: number;
  edits: Edit[];
}

/** What a line of a flow collection leaves behind for the next one. */
export interface FlowState {
  /** The brackets still open, innermost last. */
  open: ('[' | '{')[];
  /** A quoted entry runs on. */
  quote: '"' | "'" | null;
}

const OPENING = '„“”«»‚‘’‹›';
const CLOSING = '“”„«»‘’‹›"\'';

/**
 * Walks through one line of a flow collection, from `at` on. Gives the slips of its entries, where the collection
 * ends (null: not on this line), where a comment begins, and changes `state` for the next line. `anchors`: names that `*` may call.
 * `isKey`: words that begin an entry of their own, so that a colon behind them is none of the text before it.
 */
export function walkFlow(
  line: string,
  at: number,
  state: FlowState,
  anchors: ReadonlySet<string>,
  isKey: (word: string) => boolean = () => true,
): { slips: FlowSlip[]; end: number | null; comment: number | null } {
  const slips: FlowSlip[] = [];
  let fresh = true;
  let key = true;
  /** Nothing stands between this comma and the comma or bracket before it. */
  let empty = false;
  /** Where the entry begins that the walk is inside of. */
  let entry = at;
  for (let i = at; i < line.length; i += 1) {
    const character = line[i]!;
    if (state.quote !== null) {
      if (character === '\\' && state.quote === '"') i += 1;
      else if (character === state.quote) state.quote = null;
      continue;
    }
    if (/\s/.test(character)) continue;
    if (character === '[' || character === '{') {
      state.open.push(character);
      fresh = true;
      key = true;
      empty = true;
    } else if (character === ']' || character === '}') {
      state.open.pop();
      fresh = false;
      empty = false;
      if (state.open.length === 0) return { slips, end: i + 1, comment: null };
    } else if (character === ',') {
      if (empty) {
        slips.push({
          code: 'extra-comma',
          start: i,
          end: i + 1,
          edits: [{ start: i, end: i + 1, text: '' }],
        });
      }
      fresh = true;
      key = true;
      empty = true;
    } else if (character === ':' && /[\s,[\]{}]|$/y.test(line.slice(i + 1, i + 2))) {
      fresh = true;
      key = false;
    } else if (character === '#' && /[\s[{,:]/.test(line[i - 1] ?? ' ')) {
      const typed = /^#+[^\s#]/.test(line.slice(i, i + 20)) && /[\]}]/.test(line.slice(i));
      if (!typed) return { slips, end: null, comment: i };
      const from = fresh ? i : entry;
      const end = from + line.slice(from, entryEnd(line, i + 1)).trimEnd().length;
      slips.push(quoted('reserved-character', from, end));
      fresh = false;
      empty = false;
      i = end - 1;
    } else if (fresh) {
      fresh = false;
      empty = false;
      if (character === '"' || character === "'") {
        state.quote = character;
        continue;
      }
      entry = i;
      const spoken = state.open.at(-1) === '{' && !key ? textWithColon(line, i, isKey) : null;
      if (spoken !== null) {
        slips.push(quoted('unquoted-colon', i, spoken));
        i = spoken - 1;
        continue;
      }
      const text = line.slice(i, entryEnd(line, i)).trimEnd();
      const end = i + text.length;
      const slip = entrySlip(text, i, state.open.at(-1) === '{' && key, anchors);
      if (slip !== null) slips.push(slip);
      if (slip !== null && slip.code !== 'missing-space') i = end - 1;
      else if (slip !== null) {
        i += text.indexOf(':');
        fresh = true;
        key = false;
      }
    }
  }
  return { slips, end: null, comment: null };
}

function quoted(code: FlowSlip['code'], start: number, end: number): FlowSlip {
  const edits = [
    { start, end: start, text: '"' },
    { start: end, end, text: '"' },
  ];
  return { code, start, end, edits };
}

/** Where an unquoted entry ends: before a comma or bracket, or before `: `. */
function entryEnd(line: string, from: number): number {
  const match = /[,[\]{}]|:(?=\s|$)|\s#/g;
  match.lastIndex = from;
  return match.exec(line)?.index ?? line.length;
}

/** Where a value ends that holds a colon of its own: `E-Mail: IMAP`. Null: it holds none, or begins another entry. */
function textWithColon(line: string, from: number, isKey: (word: string) => boolean): number | null {
  const text = /^[^,[\]{}"'#\\]+/.exec(line.slice(from, from + 500))?.[0].trimEnd();
  if (text === undefined || !/^\s*[,}]/.test(line.slice(from + text.length))) return null;
  const words = [...text.matchAll(/([^\s:]+):(?=\s|$)/g)].map((match) => match[1]!);
  return words.length === 0 || words.some(isKey) ? null : from + text.length;
}

function entrySlip(text: string, at: number, isKey: boolean, anchors: ReadonlySet<string>): FlowSlip | null {
  const end = at + text.length;
  const first = text[0]!;
  if (OPENING.includes(first) && text.length > 1 && CLOSING.includes(text.at(-1)!)) {
    const inside = text.slice(1, -1);
    const mark = inside.includes('"') ? "'" : '"';
    if (!inside.includes(mark) && !inside.includes('\\')) {
      const edits = [
        { start: at, end: at + 1, text: mark },
        { start: end - 1, end, text: mark },
      ];
      return { code: 'typographic-quotes', start: at, end, edits };
    }
  }
  if ('*&!%@`|>'.includes(first) && !(first === '*' && anchors.has(text.slice(1))) && !/["\\]/.test(text)) {
    if (first === '&' || first === '!') {
      const word = text.search(/\s/);
      if (word < 0 || first === '!') return null;
    }
    return quoted('reserved-character', at, end);
  }
  const colon = isKey ? /^[^:"'\s][^:"']*:(?=[^\s:/])/.exec(text)?.[0].length : undefined;
  if (colon !== undefined) {
    return {
      code: 'missing-space',
      start: at + colon - 1,
      end: at + colon,
      edits: [{ start: at + colon, end: at + colon, text: ' ' }],
    };
  }
  return null;
}
