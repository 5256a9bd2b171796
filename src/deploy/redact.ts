/** Stands where something secret stood. */
const BLACK = '████';

const SECRET_NAME =
  /pass(?:word|phrase|wd)?|pwd|secret|token|api_?key|access_?key|private|credential|auth|cookie|session|signature/i;
/** Names of that sort whose values are places, not secrets. */
const PLACE_NAME = /(?:_sock|_file|_path|_dir|_url|_host|_type|_method|_id|^SHELL)$/i;

/**
 * Makes a function that blacks out in a text what may be secret: the values of variables of `env` whose names say so,
 * what stands before the `@` of an address, and what follows words such as `Authorization:` or `token=`. Everything
 * that tools say goes through it before it is shown.
 */
export function redactor(env: Record<string, string | undefined>): (text: string) => string {
  const values = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    if (!value || !SECRET_NAME.test(name) || PLACE_NAME.test(name)) continue;
    for (const line of [value, ...value.split(/\r?\n/)]) {
      const trimmed = line.trim();
      // Short words would black out half of every sentence.
      if (trimmed.length < 5) continue;
      values.add(trimmed);
      values.add(encodeURIComponent(trimmed));
      values.add(Buffer.from(trimmed).toString('base64').replace(/=+$/, ''));
      values.add(JSON.stringify(trimmed).slice(1, -1));
    }
  }
  // The longest first: one can be a part of another.
  const secrets = [...values].sort((one, other) => other.length - one.length);
  return (text) => {
    let clean = text;
    for (const secret of secrets) clean = clean.replaceAll(secret, BLACK);
    return (
      clean
        // The name alone, as in ssh://git@host, is no secret.
        .replace(/(:\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:${BLACK}@`)
        .replace(/(https?:\/\/)[^\s/:@]{8,}@/gi, `$1${BLACK}@`)
        .replace(
          /\b((?:proxy-)?authorization|x-[a-z-]*(?:token|key|secret)|set-cookie|cookie)(["']?\s*[:=]\s*["']?)(?:(basic|bearer|token|digest)\s+)?[^\s"',;]+/gi,
          (_, name: string, between: string, scheme?: string) =>
            `${name}${between}${scheme === undefined ? '' : `${scheme} `}${BLACK}`,
        )
        .replace(/\b(bearer|basic)\s+[\w+/.~-]{8,}=*/gi, `$1 ${BLACK}`)
        .replace(
          /\b([\w.-]*(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key(?:[_-]id)?|signature|credential))(["']?\s*[=:]\s*["']?|\s+)(?!is\b|was\b|for\b|not\b|has\b|or\b|and\b|required\b|expired\b|authentication\b|denied\b|incorrect\b|invalid\b)(?=[^\s"'&,;]*[\d=_+/-])[^\s"'&,;]{4,}/gi,
          `$1$2${BLACK}`,
        )
        .replace(
          /\b(?:gh[pousr]|github_pat|glpat|gldt)[_-][\w-]{16,}|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
          BLACK,
        )
        .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, BLACK)
    );
  };
}
