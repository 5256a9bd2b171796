import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readFlags } from './flags.ts';

const HELP = `Serves a built site on this machine.

  npm run preview
  npm run preview -- --outDir /srv/www/status --port 8080

  --outDir DIR  what to serve (default: dist)
  --port N      where to listen (default: 4321, else the next free one)
  --help        this text`;

const ROOT = resolve(import.meta.dirname, '../..');

await main(process.argv.slice(2));

async function main(args: string[]): Promise<void> {
  const flags = readFlags(args, {
    outDir: { type: 'string' },
    port: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (!flags.ok) return refuse(flags.message);
  if (flags.values.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const port = Number(flags.values.port ?? 4321);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return refuse('--port takes a number from 1 to 65535.');
  }
  const outDir = resolve(flags.values.outDir ?? join(ROOT, 'dist'));
  const built = await stat(join(outDir, 'index.html')).catch(() => null);
  if (built === null) return refuse(`There is no index.html in ${outDir}. npm run build makes one.`);
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  process.chdir(ROOT);
  const { preview } = await import('astro');
  const server = await preview({ root: ROOT, outDir, server: { port }, logLevel: 'warn' });
  process.stdout.write(`http://localhost:${server.port}/\n`);
  await server.closed();
}

function refuse(message: string): void {
  process.stderr.write(`${message}\nnpm run preview -- --help lists what there is.\n`);
  process.exitCode = 2;
}
