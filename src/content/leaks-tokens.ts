import type { Leak } from './leaks-find.ts';

/** Tokens that their first letters give away, beyond those that the library knows. */
const PREFIXED =
  /(?<![\w-])(?:AIza[\w-]{35}|AGE-SECRET-KEY-1[0-9A-Z]{50,64}|do[opr]_v1_[0-9a-f]{64}|gh[oprsu]_\w{30,255}|gl(?:pat|rt|dt|ft|cbt|ptt|soat|imt|agent|oas)-[\w-]{16,200}|hf_[A-Za-z0-9]{30,60}|pypi-[\w-]{50,400}|SK[0-9a-f]{32}|sk-[\w-]{32,250}|[sr]k_live_\w{16,250}|tskey-[\w-]{16,200}|whsec_[\w+/=]{24,100}|xox[a-z]-[\w-]{16,250}|\d{8,10}:AA[\w-]{33})(?![\w-])/g;

/** `header.payload.signature`, each Base64 of JSON. */
const WEB_TOKEN = /(?<![\w-])eyJ[\w-]{8,8000}\.eyJ[\w-]{8,8000}(?:\.[\w-]{8,2000})?/g;

const AUTHORIZATION =
  /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token|apikey|digest)\s{1,3}([^\s"',;]{6,4000})/gi;

const BEARER = /\bBearer\s{1,3}([\w.~+/=-]{16,4000})/g;

/** `https://user:password@host`: what stands before the `@`. */
const IN_ADDRESS =
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/?#@[\]<>"'`]{0,100}:[^\s/?#<>"'`]{3,200})@/gi;

/** `password=…`, `api_key: "…"`: a name that says what it is, and a value. */
const NAMED =
  /(?<![\p{L}\p{N}])(?:passwor[dt]|kennwort|passwd|passphrase|pwd|pre-?shared-?key|(?:client|app|shared)?[-_]?secret|(?:api|access|account|private|signing|encryption|secret)[-_]?key|(?:access|api|auth|refresh|session|csrf|id)?[-_]?token|sessionid|phpsessid|jsessionid)["']?(\s{0,3}(?:=>|:=|=|:)\s{0,3})(["'`]?)([^\s"'`,;()<>]{6,500})/giu;

/** Tokens and passwords by how they are written, as they stand in logs and commands. */
export function tokens(text: string): Leak[] {
  const leaks: Leak[] = [];
  const add = (match: RegExpMatchArray, value: string, what: string, harmless = 0) => {
    const start = match.index! + match[0].lastIndexOf(value);
    leaks.push({ start, end: start + value.length, kind: 'secret', what, harmless });
  };
  for (const match of text.matchAll(PREFIXED)) add(match, match[0], 'token', 4);
  for (const match of text.matchAll(WEB_TOKEN)) add(match, match[0], 'token', 3);
  for (const match of text.matchAll(AUTHORIZATION)) add(match, match[1]!, 'token');
  for (const match of text.matchAll(BEARER)) if (/\d/.test(match[1]!)) add(match, match[1]!, 'token');
  for (const match of text.matchAll(IN_ADDRESS)) add(match, match[1]!, 'password in an address');
  for (const match of text.matchAll(NAMED)) {
    const [, sign, quote, value] = match as unknown as [string, string, string, string];
    if (isLikelyValue(value, quote !== '' || /^(?:=|=>|:=)$/.test(sign)))
      add(match, value, 'password or token');
  }
  return leaks;
}

/** Whether the value of `password: …` is one, and no word of a sentence, variable or mask. */
function isLikelyValue(value: string, assigned: boolean): boolean {
  if (/^[*x•█.…_-]+$/i.test(value) || /\$\{|\{\{|^\$|^%\w+%$/.test(value)) return false;
  if (assigned) return value.length >= 6;
  return value.length >= 8 && /\d/.test(value) && /\p{L}/u.test(value) && !/^\d{4}-\d\d-\d\d/.test(value);
}
