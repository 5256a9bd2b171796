import { DeployFailure } from './failure.ts';

interface Known {
  sign: RegExp;
  message: string;
  advice: string;
  /** Whether trying again at once can help. */
  again: boolean;
}

/*
 * How tools and systems say what is wrong. The first that fits counts, so the more particular ones stand first: a host
 * that is not found is no refused login, though ssh says both.
 */
const KNOWN: Known[] = [
  {
    sign: /didn't find section in config file|couldn't find (?:configuration )?section/i,
    message: 'rclone has no remote of this name.',
    advice: 'Make it with rclone config, or correct the name before the colon in the config.',
    again: false,
  },
  {
    sign: /no space left|ENOSPC|disk quota|EDQUOT|quota.{0,20}exceeded|exceed.{0,20}quota|insufficient storage|remaining disk space|\b507\b|storage (?:is )?full|SSH_FX_NO_SPACE|SSH_FX_QUOTA|file too large|EFBIG/i,
    message: 'The target has no space left.',
    advice: 'Make room there or raise the quota, then deploy again. What readers have is whole.',
    again: true,
  },
  {
    sign: /could not resolve|name or service not known|no such host|ENOTFOUND|EAI_AGAIN|temporary failure in name resolution|nodename nor servname|getaddrinfo/i,
    message: 'The name of its host was not found.',
    advice: 'Look at the spelling in the config, and whether this machine has a working DNS.',
    again: true,
  },
  {
    sign: /host key verification failed|remote host identification has changed|knownhosts: key|host key mismatch/i,
    message: "The host's key is unknown or has changed.",
    advice: 'Compare it with what the host publishes, then accept it once: ssh HOST',
    again: false,
  },
  {
    sign: /RequestTimeTooSkewed|difference between the request time and the (?:current|server's) time|clock skew/i,
    message: 'The host refuses this machine, because its clock is wrong.',
    advice: 'Set the clock (timedatectl set-ntp true), then deploy again.',
    again: false,
  },
  {
    sign: /certificate|x509|SSL_|TLS handshake|unable to get local issuer|self.signed/i,
    message: "The host's certificate is not accepted.",
    advice:
      'Look whether it has expired or belongs to another name, and whether the clock of this machine is right.',
    again: true,
  },
  {
    sign: /connection refused|ECONNREFUSED/i,
    message: 'The host refused the connection: nothing listens there.',
    advice: 'Look whether the service runs and the port is right.',
    again: true,
  },
  {
    sign: /authentication (?:failed|required|error)|permission denied \((?:publickey|password|keyboard)|unable to authenticate|could not read (?:username|password)|invalid (?:username|credentials|login)|\b401\b|unauthorized|InvalidAccessKeyId|SignatureDoesNotMatch|login incorrect|\b530\b|auth failed|password authentication|no supported methods remain|not logged in|expired ?token|invalid api token/i,
    message: 'The host refused the credentials.',
    advice:
      'Renew them where the tool keeps them (rclone config, ssh key, git credentials, environment), then deploy again.',
    again: false,
  },
  {
    sign: /repository .{0,200}(?:not found|does not exist)|does not appear to be a git repository|project you were looking for could not be found/i,
    message: 'There is no such repository, or it is not open to you.',
    advice: 'Look at its address, and make it where it is missing.',
    again: false,
  },
  {
    sign: /protected branch|pre-receive hook declined|hook declined|GH006|not allowed to push/i,
    message: 'The repository does not let you push to this branch.',
    advice: 'Allow pushes to it, or name another branch in the config.',
    again: false,
  },
  {
    sign: /non-fast-forward|fetch first|\[rejected\]|stale info|cannot lock ref|failed to update ref|incorrect old value/i,
    message: 'Somebody else pushed to the branch at the same time.',
    advice: 'Deploy again: what they pushed is kept.',
    again: true,
  },
  {
    sign: /NoSuchBucket|bucket does not exist|directory not found|no such file or directory.*(?:chdir|mkdir|change_dir)|(?:chdir|mkdir|change_dir).*no such file or directory|unknown module/i,
    message: 'The place that the config names is not there.',
    advice: 'Make it, or correct the path or bucket in the config.',
    again: false,
  },
  {
    sign: /permission denied|access ?denied|EACCES|EPERM|operation not permitted|read-only file system|EROFS|\b403\b|forbidden|write access.*not granted|SSH_FX_PERMISSION_DENIED/i,
    message: 'The target does not let you write there.',
    advice: 'Look at who owns the place and what the credentials may do.',
    again: false,
  },
  {
    sign: /\b405\b|method not allowed/i,
    message: 'The server does not take files there.',
    advice: 'Look whether the address is that of its folder for WebDAV, and whether it has space left.',
    again: true,
  },
  {
    sign: /timed? ?out|ETIMEDOUT|deadline exceeded|EHOSTUNREACH|no route to host|ENETUNREACH|network is unreachable/i,
    message: 'The host does not answer.',
    advice: 'Look whether it is up and can be reached from here.',
    again: true,
  },
  {
    sign: /connection (?:was )?(?:reset|closed|lost|unexpectedly closed)|ECONNRESET|EPIPE|broken pipe|unexpected EOF|hung up|early EOF|kex_exchange/i,
    message: 'The connection broke off.',
    advice: 'Deploy again; what is there already is not sent twice.',
    again: true,
  },
  {
    sign: /\b429\b|too many requests|rate limit|SlowDown|\b50[0234]\b|internal server error|bad gateway|service unavailable/i,
    message: 'The host has a fault of its own, or too much to do.',
    advice: 'Look at its own status page, and deploy again in a while.',
    again: true,
  },
];

/** How to get the tools that targets need. */
const INSTALL: Record<string, string> = {
  rclone: 'apt install rclone (or see https://rclone.org/install)',
  rsync: 'apt install rsync',
  git: 'apt install git',
};

/** The failure of a tool that is not there. */
export function missingTool(command: string): DeployFailure {
  const install = INSTALL[command];
  return new DeployFailure(`${command} is not installed here, or not in PATH.`, {
    advice:
      install === undefined ? 'Install it, or correct the command in the config.' : `Install it: ${install}`,
    again: false,
  });
}

/**
 * What went wrong, from what a tool or the system said. What nobody knows is given as it was said, in its last lines.
 * `said` is shown to people: it must have been through the redactor.
 */
export function failureOf(said: string, fallback: string): DeployFailure {
  const lines = lastLines(said);
  const known = KNOWN.find(({ sign }) => sign.test(said));
  if (known === undefined) return new DeployFailure(lines === '' ? fallback : `${fallback}\n${lines}`);
  const { message, advice, again } = known;
  return new DeployFailure(lines === '' ? message : `${message}\n${lines}`, { advice, again });
}

const SHOWN_LINES = 6;

function lastLines(said: string): string {
  const lines = said
    .split(/\r?\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
  return lines
    .slice(-SHOWN_LINES)
    .map((line) => `  ${line.length > 300 ? `${line.slice(0, 300)}…` : line}`)
    .join('\n');
}
