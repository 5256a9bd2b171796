import type { Problem } from './fault.ts';
import { error, warning } from './problem.ts';

/** Where the frontmatter and the body of a file lie: offsets into the text that was given. */
export interface Fences {
  /** The YAML between the fences, with the line end before the closing one. */
  yamlStart: number;
  yamlEnd: number;
  bodyStart: number;
  /** Words that stand before the first fence and are no slip of one or two keys; kept, so that nothing is lost. */
  preface: { start: number; end: number } | null;
  /** A fence among the keys, which parts nothing: no YAML. */
  between: { start: number; end: number } | null;
  /** False: where the frontmatter ends is a guess. */
  closed: boolean;
  /** `js` in `---js`; null for YAML. */
  language: string | null;
  problems: Problem[];
}

/** A fence into which another key slipped: `--x-`, `0---`. */
function isSpoiltFence(text: string): boolean {
  const word = text.trim();
  if (word.length > 8 || !word.includes('--') || /[:：=]|^-\s/.test(word)) return false;
  return [...word].filter((character) => character !== '-').length <= 2;
}

interface Line {
  start: number;
  /** Before the line end. */
  end: number;
  /** After the line end. */
  next: number;
  text: string;
}

const DASH = '[-\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]';
const SPACE = '[\\s\\u200b\\ufeff]';
/** A line of dashes, or of another character that people draw rules with. */
const RULE = new RegExp(
  `^${SPACE}*(?:${DASH}+|[+]{3,}|={3,}|\\*{3,}|_{3,}|~{3,}|\`{3,}(?:ya?ml)?)${SPACE}*$`,
  'i',
);
const EXACT = /^---[ \t]*$/;
const STRAY = new RegExp(`^(.{1,24}?)(${DASH}{2,})${SPACE}*$`);
const KEY =
  /^[ \t\u00a0\u200b\ufeff]*["'„“”‘’]?\p{L}[\p{L}\p{N}\p{Pd} _]{0,39}["'“”’]?[ \t\u00a0]*[:：=](?!\/\/)/u;
const GLUED = new RegExp(`^${DASH}{2,8}[ \\t]{0,8}(?=\\p{L})`, 'u');
const LANGUAGE = /^---[ \t]*([A-Za-z][\w+-]*)[ \t]*$/;
const OTHER_LANGUAGES =
  /^(?:[jt]sx?|javascript|typescript|json[5c]?|toml|coffee|coffeescript|cson|ini|xml|lua|python|php|ruby)$/i;
const CLOSING = new RegExp(
  `^${SPACE}*(?:${DASH}{2,}|[\u2012-\u2015\u2e3a\u2e3b]|[+]{3,}|={3,}|\\*{3,}|_{3,}|~{3,}|\`{3,}|\\.{3,})${SPACE}*$`,
);

/**
 * Finds the fences of a frontmatter, also where a hurried hand spoiled them: other dashes or another number of them,
 * characters before the first, the first one missing, none to close. Null: the file has no frontmatter at all.
 * `isKey` says whether a word is a key that the file may have; it decides where the fence is missing.
 */
export function findFences(text: string, isKey: (word: string) => boolean): Fences | null {
  const keyLine = (line: Line | null) => line !== null && KEY.test(line.text);
  const knownKeyLine = (line: Line | null) => {
    const word =
      line === null
        ? undefined
        : /^[\s\u200b\ufeff"'„“]{0,40}([\p{L}\p{N}\p{Pd} _]{1,40}?)["'“”]?\s{0,8}[:：=]/u.exec(
            line.text,
          )?.[1];
    return word !== undefined && isKey(word);
  };

  const first = lineAt(text, 0);
  let line: Line | null = first;
  while (line !== null && isBlank(line.text)) line = lineAt(text, line.next);
  if (line === null) return null;
  const problems: Problem[] = [];

  const blankLead = line.start > 0;
  const leadFix = { start: 0, end: line.start, text: '' };
  const next = nextFilled(text, line);
  const afterDashes = LANGUAGE.exec(line.text)?.[1];
  const yaml = afterDashes !== undefined && /^ya?ml$/i.test(afterDashes);
  if (afterDashes !== undefined && !yaml && (OTHER_LANGUAGES.test(afterDashes) || !knownKeyLine(next))) {
    const close = closingFence(text, line.next, problems, knownKeyLine);
    return {
      yamlStart: line.next,
      yamlEnd: close?.start ?? text.length,
      bodyStart: close?.next ?? text.length,
      preface: null,
      between: null,
      closed: close !== null,
      language: afterDashes,
      problems,
    };
  }

  let yamlStart: number;
  let preface: Fences['preface'] = null;
  const glued = gluedKey(line, knownKeyLine);
  const stray = STRAY.exec(line.text);
  if (EXACT.test(line.text) || yaml) {
    yamlStart = line.next;
    if (blankLead) {
      problems.push(
        warning(
          line.start,
          line.end,
          'text-before-fence',
          'The file should begin with "---": empty lines stand before the fence. Delete them.',
          {
            fix: [leadFix],
          },
        ),
      );
    }
  } else if (isSpoiltFence(line.text) && !RULE.test(line.text) && stray === null && knownKeyLine(next)) {
    yamlStart = line.next;
    problems.push(oddFence(line, 'opening', blankLead ? 0 : line.start));
  } else if (
    afterDashes !== undefined ||
    (RULE.test(line.text) && (keyLine(next) || (next !== null && RULE.test(next.text))))
  ) {
    yamlStart = line.next;
    problems.push(oddFence(line, 'opening', blankLead ? 0 : line.start));
  } else if (glued !== null) {
    const at = line.start + glued;
    yamlStart = at;
    problems.push(
      warning(
        line.start,
        at,
        'odd-fence',
        'The opening fence "---" must stand alone in its line. Begin a new line after it.',
        { fix: [{ start: line.start, end: at, text: `---${lineEnd(text)}` }] },
      ),
    );
  } else if (stray !== null && knownKeyLine(next)) {
    yamlStart = line.next;
    const before = stray[1] ?? '';
    problems.push(
      warning(
        line.start,
        line.start + before.length,
        'text-before-fence',
        `Stray characters stand before the fence in this line: the frontmatter must begin with a line of its own that is just "---". Delete "${before.trim()}".`,
        { fix: [{ start: blankLead ? 0 : line.start, end: line.end, text: '---' }] },
      ),
    );
  } else if (knownKeyLine(line)) {
    const close = closingFence(text, line.start, [], knownKeyLine);
    if (close === null) return unclosed(text, line.start, [missingOpening(line, text)], keyLine);
    yamlStart = line.start;
    problems.push(missingOpening(line, text));
  } else {
    const fence = fenceBelow(text, line, knownKeyLine);
    if (fence === null) return null;
    const words = text.slice(line.start, fence.start).trim();
    const slip = words.length <= 3;
    const lost = fence.start > line.start;
    if (!slip) preface = { start: line.start, end: fence.start };
    yamlStart = fence.next;
    if (lost) {
      problems.push(
        warning(
          line.start,
          line.end,
          'text-before-fence',
          slip
            ? `"${words}" stands before the first fence: the file must begin with "---". Delete it.`
            : 'Text stands before the first fence: the file must begin with "---". Write this text below the closing "---".',
          {
            publishedAs: slip ? null : 'text before the first update',
            fix: slip ? [{ start: 0, end: fence.start, text: '' }] : null,
          },
        ),
      );
    }
    if (!EXACT.test(fence.text)) problems.push(oddFence(fence, 'opening', fence.start));
  }

  const second = firstFilled(text, yamlStart);
  if (second !== null && RULE.test(second.text) && knownKeyLine(nextFilled(text, second))) {
    problems.push(
      warning(
        second.start,
        second.end,
        'odd-fence',
        'The opening fence "---" stands here twice. Delete one of the two lines.',
        {
          fix: [{ start: second.start, end: second.next, text: '' }],
        },
      ),
    );
    yamlStart = second.next;
  }
  const closing: Problem[] = [];
  let close = closingFence(text, yamlStart, closing, knownKeyLine);
  if (close === null) return unclosed(text, yamlStart, problems, keyLine, preface);
  let between: Fences['between'] = null;
  const below = lineAt(text, close.next);
  if (below !== null && knownKeyLine(below)) {
    const last = fenceBelowKeys(text, below, knownKeyLine);
    if (last !== null) {
      between = { start: close.start, end: close.next };
      closing.length = 0;
      closing.push(
        warning(
          close.start,
          close.next,
          'fence-between-keys',
          'This fence parts the keys above from those below; all of them are read. Delete it.',
          { fix: [{ ...between, text: '' }] },
        ),
      );
      close = last;
    } else if (/^\p{Ll}/u.test(below.text)) {
      closing.push(
        warning(
          below.start,
          below.end,
          'key-below-fence',
          'This looks like a key, but it stands below the closing fence "---", so it counts as text. Move it above the fence, or put an empty line before it.',
          { publishedAs: 'text' },
        ),
      );
    }
  }
  problems.push(...closing);
  return {
    yamlStart,
    yamlEnd: close.start,
    bodyStart: close.next,
    preface,
    between,
    closed: true,
    language: null,
    problems,
  };
}

/** `---title: …`: how many characters of the line are the fence. */
function gluedKey(line: Line, knownKeyLine: (line: Line | null) => boolean): number | null {
  const fence = GLUED.exec(line.text)?.[0].length;
  if (fence === undefined) return null;
  return knownKeyLine({ ...line, text: line.text.slice(fence) }) ? fence : null;
}

function oddFence(line: Line, which: 'opening' | 'closing', from: number): Problem {
  const seen = line.text.replace(/[\s\u200b\ufeff]+/g, '').slice(0, 20);
  const advice =
    seen === '---'
      ? 'Spaces or invisible characters stand beside it. Delete them.'
      : `Write "---" instead of "${seen}".`;
  return warning(
    line.start,
    Math.max(line.end, line.start + 1),
    'odd-fence',
    `The ${which} fence of the frontmatter is three hyphens, "---", alone in a line. ${advice}`,
    { fix: [{ start: from, end: line.end, text: '---' }] },
  );
}

function missingOpening(line: Line, text: string): Problem {
  return warning(
    line.start,
    line.end,
    'missing-opening-fence',
    'The opening fence is missing: write a line "---" before this first line.',
    { fix: [{ start: line.start, end: line.start, text: `---${lineEnd(text)}` }] },
  );
}

/** The first line that closes a frontmatter; reports how it is odd. Text after the dashes belongs to the body. */
function closingFence(
  text: string,
  from: number,
  problems: Problem[],
  knownKeyLine: (line: Line | null) => boolean,
): { start: number; next: number } | null {
  for (let line = lineAt(text, from); line !== null; line = lineAt(text, line.next)) {
    if (EXACT.test(line.text)) return { start: line.start, next: line.next };
    if (CLOSING.test(line.text) || isSpoiltFence(line.text)) {
      if (/^[ \t]*=+/.test(line.text) && isConflictRule(text, line)) continue;
      problems.push(oddFence(line, 'closing', line.start));
      return { start: line.start, next: line.next };
    }
    // Hyphens before a key are a slip of that line.
    if (gluedKey(line, knownKeyLine) !== null) continue;
    if (/^---/.test(line.text)) {
      const rest = line.start + 3;
      problems.push(
        warning(
          rest,
          line.end,
          'odd-fence',
          'The closing fence "---" must stand alone in its line. Begin a new line after it.',
          {
            fix: [{ start: rest, end: rest, text: lineEnd(text) }],
          },
        ),
      );
      return { start: line.start, next: rest };
    }
  }
  return null;
}

/** The fence that follows on keys below a first one; null where anything else stands between. */
function fenceBelowKeys(
  text: string,
  from: Line,
  knownKeyLine: (line: Line | null) => boolean,
): { start: number; next: number } | null {
  let filled = false;
  for (let line: Line | null = from; line !== null; line = lineAt(text, line.next)) {
    // Below an empty line "---" is a rule of the text.
    if (EXACT.test(line.text)) return filled ? { start: line.start, next: line.next } : null;
    filled = !isBlank(line.text);
    if (filled && !knownKeyLine(line) && !/^(?:[ \t]+\S|- )/.test(line.text)) return null;
  }
  return null;
}

/** Between the markers of a merge conflict, `=======` is no fence. */
function isConflictRule(text: string, line: Line): boolean {
  return /^={7}\s*$/.test(line.text) && /^<{7}/m.test(text.slice(0, line.start));
}

/** No line closes the frontmatter: it is taken to end before the first line that no YAML of ours can be. */
function unclosed(
  text: string,
  yamlStart: number,
  problems: Problem[],
  keyLine: (line: Line | null) => boolean,
  preface: Fences['preface'] = null,
): Fences {
  let end = yamlStart;
  for (let line = lineAt(text, yamlStart); line !== null; line = lineAt(text, line.next)) {
    if (isBlank(line.text)) {
      line = nextFilled(text, line);
      if (line === null || !keyLine(line)) break;
    } else if (!(keyLine(line) || /^(?:\s+\S|- |#(?!#)|[<>=|]{7})/.test(line.text))) break;
    end = line.next;
  }
  const eol = lineEnd(text);
  problems.push(
    error(
      Math.max(yamlStart, end - 1),
      end,
      'missing-closing-fence',
      'The frontmatter is not closed: no line "---" follows it, so where the keys end and the text begins is a guess. Write "---" in a line of its own below the last key.',
      {
        fix: [
          {
            start: end,
            end,
            text: `${end > yamlStart && !/[\r\n]$/.test(text.slice(0, end)) ? eol : ''}---${eol}`,
          },
        ],
      },
    ),
  );
  return {
    yamlStart,
    yamlEnd: end,
    bodyStart: end,
    preface,
    between: null,
    closed: false,
    language: null,
    problems,
  };
}

/** A fence within the next lines that a known key follows. */
function fenceBelow(text: string, from: Line, knownKeyLine: (line: Line | null) => boolean): Line | null {
  let line: Line | null = from;
  for (let count = 0; count < 12 && line !== null; count += 1) {
    if (RULE.test(line.text) && knownKeyLine(nextFilled(text, line))) return line;
    line = lineAt(text, line.next);
  }
  return null;
}

/** The line end that the text uses. */
export function lineEnd(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

function lineAt(text: string, start: number): Line | null {
  if (start >= text.length) return null;
  const match = /\r\n|\n|\r/g;
  match.lastIndex = start;
  const found = match.exec(text);
  const end = found?.index ?? text.length;
  return {
    start,
    end,
    next: found === null ? text.length : end + found[0].length,
    text: text.slice(start, end),
  };
}

function nextFilled(text: string, line: Line): Line | null {
  return firstFilled(text, line.next);
}

function firstFilled(text: string, start: number): Line | null {
  let next = lineAt(text, start);
  while (next !== null && isBlank(next.text)) next = lineAt(text, next.next);
  return next;
}

function isBlank(text: string): boolean {
  return /^[\s\u200b\ufeff]*$/.test(text);
}
