/** Stands where something secret stood. */
const BLACK = '████';

/** Words that names of variables with a secret have, of those that `_` and `-` part. */
const SECRET_WORD =
  /^(?:pass|password|passphrase|passwd|pwd|pw|secrets?|tokens?|pat|key|apikey|accesskey|keypem|pem|private|credentials?|auth|cookie|session|signature|sas|webhook)$/;
/** Names of that sort whose values are no secrets: places, people and the like. */
const PLAIN_NAME =
  /^(?:PWD|OLDPWD|INIT_CWD|SHELL|DESKTOP_SESSION|(?:XDG|GDM|KDE|GNOME)\w*|GIT_(?:AUTHOR|COMMITTER)_\w+)$|_(?:sock|file|path|dir|method|type|id|name|user|email|host|port|region|algorithm|format|scheme|mode|version)$/i;
/** Names that leave no doubt, so that short values count as well. */
const SURE_WORD = /^(?:pass|password|passphrase|passwd|secret|token|apikey)$/;
/** Of other names, values that are a word of the language or a setting rather than a secret. */
const PLAIN_VALUE = /^(?:[a-z]{1,12}|[A-Z][a-z]{1,11}|\d{1,5})$/;
/** What stands in an address in place of a secret's name. */
const SECRET_PARAMETER = /[?&](?:sig|signature|token|key|secret|password|auth|x-amz-[a-z-]+)=([^&#\s]+)/gi;

/** The values of `env` that are secret, each with what may stand for it in what a tool says. */
function secretsOf(env: Record<string, string | undefined>): string[] {
  const values = new Set<string>();
  const add = (text: string) => {
    const trimmed = text.trim();
    values.add(trimmed);
    values.add(encodeURIComponent(trimmed));
    values.add(Buffer.from(trimmed).toString('base64').replace(/=+$/, ''));
    values.add(JSON.stringify(trimmed).slice(1, -1));
  };
  for (const [name, value] of Object.entries(env)) {
    if (!value || PLAIN_NAME.test(name)) continue;
    const words = name.toLowerCase().split(/[_-]/);
    if (!words.some((word) => SECRET_WORD.test(word))) continue;
    const isSure = words.some((word) => SURE_WORD.test(word));
    // A key may be written in one line, with \n for its breaks.
    for (const line of [value, ...value.split(/\r?\n|\\n/)]) {
      const trimmed = line.trim();
      if (trimmed.length < (isSure ? 5 : 6) || (!isSure && PLAIN_VALUE.test(trimmed))) continue;
      if (/^-----(?:BEGIN|END)[A-Z ]+-----$/.test(trimmed)) continue;
      add(trimmed);
    }
    for (const [, parameter] of value.matchAll(SECRET_PARAMETER)) add(parameter!);
  }
  // The longest first: one can be a part of another.
  return [...values].sort((one, other) => other.length - one.length);
}

/**
 * Makes a function that blacks out in a text what may be secret: the values of variables of `env` whose names say so,
 * what stands before the `@` of an address, and what follows words such as `Authorization:` or `token=`. Everything
 * that tools say goes through it before it is shown.
 */
export function redactor(env: Record<string, string | undefined>): (text: string) => string {
  const secrets = secretsOf(env);
  return (text) => {
    let clean = text;
    for (const secret of secrets) clean = clean.replaceAll(secret, BLACK);
    return (
      clean
        // The name alone, as in ssh://git@host, is no secret.
        // A password may hold an @ itself: all up to the last one before the path.
        .replace(/(:\/\/[^\s/:@]*):[^\s/"']+@/g, `$1:${BLACK}@`)
        .replace(/(https?:\/\/)[^\s/:@]{8,}@/gi, `$1${BLACK}@`)
        .replace(
          /\b((?:proxy-)?authorization|x-[a-z-]*(?:token|key|secret)|set-cookie|cookie)(["']?\s*[:=]\s*["']?)(?:(basic|bearer|token|digest)\s+)?[^\s"',;]+/gi,
          (_, name: string, between: string, scheme?: string) =>
            `${name}${between}${scheme === undefined ? '' : `${scheme} `}${BLACK}`,
        )
        .replace(/([?&](?:sig|signature|token|key|x-amz-[a-z-]+)=)[^\s"'&#]+/gi, `$1${BLACK}`)
        .replace(/((?:^|\s)(?:-u|--user|--proxy-user)[ =]?["']?[^\s:"'=]+):[^\s"']+/g, `$1:${BLACK}`)
        .replace(/(hooks\.slack\.com\/(?:services|workflows|triggers))\/[\w/-]+/g, `$1/${BLACK}`)
        .replace(/(discord(?:app)?\.com\/api\/webhooks)\/[\w/-]+/g, `$1/${BLACK}`)
        .replace(/\b(bearer|basic)\s+[\w+/.~-]{8,}=*/gi, `$1 ${BLACK}`)
        .replace(
          /\b([\w.-]*(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key(?:[_-]id)?|signature|credential))(["']?\s*[=:]\s*["']?|\s+)(?!is\b|was\b|for\b|not\b|has\b|or\b|and\b|required\b|expired\b|authentication\b|denied\b|incorrect\b|invalid\b)(?=[^\s"'&,;]*[\d=_+/-])[^\s"'&,;]{4,}/gi,
          `$1$2${BLACK}`,
        )
        .replace(
          /\b(?:gh[pousr]|github_pat|glpat|gldt|nfp|xox[abprs]|npm|sk_live|dop_v1)[_-][\w-]{16,}|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
          BLACK,
        )
        .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, BLACK)
    );
  };
}
