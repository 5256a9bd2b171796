import type { Target } from './hosting.ts';

/**
 * Why a target's address is not used as it stands in the config, as a sentence without a secret in it; null: it is. A
 * secret in it would stand in the repository for good; what begins with a hyphen would be taken for a flag.
 */
export function refusalOfAddress({ kind, to }: Pick<Target, 'kind' | 'to'>): string | null {
  if (to.startsWith('-')) return 'Its address begins with a hyphen. Write it without.';
  if (/\p{Cc}/u.test(to)) return 'Its address holds a line break or another control character.';
  if (kind === 'rclone' && !/^(?:[\w.+@ -]+(?:,.*)?|:.+):/.test(to)) {
    return 'Its address names no remote of rclone, so rclone would take it for a folder of this machine. Write remote:path, or use the kind folder.';
  }
  const elsewhere = {
    rclone:
      'Keep it in the configuration of rclone (rclone config), or in an environment variable such as RCLONE_CONFIG_NAME_PASS.',
    git: "Keep it in git's credential store, use a key over ssh, or set it in the environment of the run.",
    rsync: 'Use a key over ssh, or RSYNC_PASSWORD in the environment of the run.',
    folder: 'A folder needs none.',
    command: 'Put it into an environment variable that the tool reads.',
  }[kind];
  return holdsSecret(to) ? `Its address holds what looks like a secret. ${elsewhere}` : null;
}

function holdsSecret(to: string): boolean {
  const withPassword = /:\/\/[^\s/@:]*:[^\s/]+@/.test(to);
  const withToken = /https?:\/\/[^\s/:@]{16,}@/i.test(to);
  const withOption =
    /(?:^|[\s,:;?&"'-])[\w-]*(?:pass(?:word|phrase|wd)?|secret|token|api[_-]?key|access[_-]?key|auth|sig)=(?!\$|%)["']?[^\s"',;]{4,}/i.test(
      to,
    );
  // Only a flag has its value after a blank: a program may be called so.
  const withFlag =
    /(?:^|\s)--?(?:[a-z][\w-]*-)?(?:pass(?:word|phrase|wd)?|secret|token|api-?key|access-?key|auth)\s+(?!-|\$|%|\{)["']?[^\s"',;]{4,}/i.test(
      to,
    );
  const withUser = /(?:^|\s)(?:-u|--user|--proxy-user)[\s=]?["']?[^\s:"'$]+:(?!\$|\{)[^\s"'$]+/.test(to);
  const withHeader =
    /\b(?:authorization|cookie|[a-z-]*(?:token|key|secret|auth))\s*:\s*(?:(?:basic|bearer|token)\s+)?(?!\$|%|\{)[^\s"'$]{4,}/i.test(
      to,
    ) && /(?:^|\s)(?:-H|--header)/.test(to);
  const known = /\b(?:gh[pousr]|github_pat|glpat|nfp)[_-][\w-]{16,}|\bAKIA[0-9A-Z]{16}\b/.test(to);
  return withPassword || withToken || withOption || withFlag || withUser || withHeader || known;
}
