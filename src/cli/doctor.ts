import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readClock } from '../clock.ts';
import { formatFault } from '../content/fault-report.ts';
import { CONFIG_FILE, readSiteConfig } from '../content/site-config.ts';
import { distFacts } from '../doctor/dist-facts.ts';
import { readServerAddress, type ServerAddress } from '../doctor/dns-client.ts';
import { gatherFacts, type Network, NO_FACTS } from '../doctor/facts.ts';
import { findingsOf } from '../doctor/findings.ts';
import { formatReport } from '../doctor/report.ts';
import { scheduleFacts } from '../doctor/schedule-facts.ts';
import { subjectsOf } from '../doctor/subject.ts';
import { readFlags } from './flags.ts';
import { shownPath } from './shown-path.ts';

const HELP = `Looks whether the page would go down with what it reports on: compares the page and its mirrors with the hosts under
dependencies in the config, asks name servers and web servers about them, and says what to change.

  npm run doctor
  npm run doctor -- --offline
  npm run doctor -- --json | jq '.findings[].code'
  STATUS_SITE=../our-status npm run doctor

  --offline   ask nobody: only what the config, the built page and the repository tell
  --dir DIR   the built page (default: dist)
  --json      print one JSON object: what was compared, findings (code, severity, hosts, why, change)
  --help      this text

Who is asked: the DNS servers under resolver in the config (default: this machine's), the name servers of the page's
zone, and the web servers of the page, its mirrors and the domains above them. The answers are those that are given
where you sit: run it from outside your own network, too.
What each finding means, and what to change: docs/deploy/shared-fate.md
STATUS_SITE   the folder with status.config.yml (default: this repository)
STATUS_NOW    an instant that stands for the clock, like 2026-11-21T18:30:00Z
NO_COLOR      print without colours
Exit code     0 nothing takes the page down with the rest, 1 something does, 2 wrong usage, 3 no DNS server answered,
              and nothing was found without that does`;

const ROOT = resolve(import.meta.dirname, '../..');

interface Surroundings {
  args: string[];
  env: Record<string, string | undefined>;
  isTerminal: boolean;
  print: (text: string) => void;
  printError: (text: string) => void;
}

/** Runs `doctor`; gives its exit code. */
async function doctor({ args, env, isTerminal, print, printError }: Surroundings): Promise<number> {
  const flags = readFlags(args, {
    offline: { type: 'boolean' },
    dir: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  const refuse = (message: string) => {
    printError(`${message}\n`);
    return 2;
  };
  if (!flags.ok) return refuse(`${flags.message}\nnpm run doctor -- --help lists what there is.`);
  const { offline = false, dir, json = false, help } = flags.values;
  if (help) {
    print(`${HELP}\n`);
    return 0;
  }
  const folder = resolve(env.STATUS_SITE || ROOT);
  const bytes = await readFile(join(folder, CONFIG_FILE)).catch(() => null);
  if (bytes === null) {
    return refuse(
      `There is no ${CONFIG_FILE} in ${folder} that can be opened. STATUS_SITE names the folder that has one.`,
    );
  }
  let now: number;
  try {
    now = readClock(env, null);
  } catch (cause) {
    return refuse((cause as Error).message);
  }
  const { site, hosting, faults } = readSiteConfig(bytes);
  for (const fault of faults) printError(`${formatFault(fault, { color: false })}\n\n`);
  const resolvers = resolversOf(hosting.resolvers);
  if (typeof resolvers === 'string') return refuse(resolvers);

  const subjects = subjectsOf(site, hosting);
  const network: Network = { resolvers, dnsTimeout: 2000, webTimeout: 10_000 };
  const asked = offline ? null : await gatherFacts(subjects, network);
  const silent = asked?.silent ?? false;
  const dist = resolve(dir ?? join(ROOT, 'dist'));
  const findings = findingsOf({
    site,
    hosting,
    facts: asked === null || silent ? NO_FACTS : asked.facts,
    dist: await distFacts(dist),
    schedule: await scheduleFacts(folder),
    now,
    folder: shownPath(dist, env),
  });
  const checked = offline ? 'offline' : silent ? 'no DNS' : 'online';
  if (json) {
    const { copies, dependencies } = subjects;
    print(`${JSON.stringify({ checked, copies, dependencies, findings }, null, 2)}\n`);
  } else {
    const how =
      checked === 'online'
        ? `asking ${[...new Set(resolvers.map(({ address }) => address))].join(', ')}`
        : 'asking nobody';
    print(formatReport(findings, subjects, { how, color: isTerminal && !env.NO_COLOR }));
  }
  if (silent) {
    const names = resolvers.map(({ address, port }) => (port === 53 ? address : `${address} port ${port}`));
    printError(
      `No DNS server answered (asked: ${names.join(', ') || 'none is set'}), so only what can be told without was checked. Look at this machine's network, or name another server under resolver in ${CONFIG_FILE}.\n`,
    );
  }
  if (findings.some(({ severity }) => severity === 'fatal')) return 1;
  return silent ? 3 : 0;
}

/** The DNS servers to ask, or why one of the config's can't be. */
function resolversOf(configured: string[]): ServerAddress[] | string {
  const texts = configured.length > 0 ? configured : getServers();
  const servers: ServerAddress[] = [];
  for (const text of texts) {
    const server = readServerAddress(text);
    if (server !== null) servers.push(server);
    else if (configured.length > 0)
      return `resolver: "${text}" is not the address of a DNS server. Write one such as 9.9.9.9 or 127.0.0.1:5353.`;
  }
  return servers;
}

process.exitCode = await doctor({
  args: process.argv.slice(2),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
});
