import { resolve } from 'node:path';
import { readFlags } from './flags.ts';

const HELP = `Shows the status page while you write: saved files appear at once, faults in this terminal.

  npm run dev
  npm run dev -- --port 8080
  STATUS_SITE=../our-status npm run dev

  --port N    where to listen (default: 4321, else the next free one)
  --host      also for other machines of the network
  --help      this text`;

const ROOT = resolve(import.meta.dirname, '../..');

await main(process.argv.slice(2));

async function main(args: string[]): Promise<void> {
  const flags = readFlags(args, {
    port: { type: 'string' },
    host: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  const port = Number(flags.ok ? (flags.values.port ?? 4321) : 0);
  if (!flags.ok || !Number.isInteger(port) || port < 1 || port > 65_535) {
    const message = flags.ok ? '--port takes a number from 1 to 65535.' : flags.message;
    process.stderr.write(`${message}\nnpm run dev -- --help lists what there is.\n`);
    process.exitCode = 2;
    return;
  }
  if (flags.values.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true';
  process.env.STATUS_SITE = resolve(process.env.STATUS_SITE || ROOT);
  process.chdir(ROOT);
  const { dev } = await import('astro');
  await dev({ root: ROOT, server: { port, host: flags.values.host === true } });
}
