import { fstatSync } from 'node:fs';

/** How long a pipe that nobody asked for may stay silent. */
const PATIENCE = 2_000;

/**
 * All of standard input as text, where something is piped into it; null where nothing is. Without `asked` it is only
 * read from a pipe or a file, and a pipe that stays silent counts as none: nothing ever hangs on a terminal or a job
 * that has left its input open.
 */
export async function pipedText(stdin: NodeJS.ReadStream, asked: boolean): Promise<string | null> {
  if (stdin.isTTY) return null;
  if (!asked && !isPiped()) return null;
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const patience = asked
      ? null
      : setTimeout(() => {
          if (chunks.length > 0) return;
          stdin.destroy();
          done(null);
        }, PATIENCE);
    stdin.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    stdin.on('error', failed);
    stdin.on('end', () => {
      if (patience !== null) clearTimeout(patience);
      const text = Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\ufeff/, '');
      done(text.trim() === '' ? null : text);
    });
  });
}

function isPiped(): boolean {
  try {
    const kind = fstatSync(0);
    return kind.isFIFO() || kind.isFile() || kind.isSocket();
  } catch {
    return false;
  }
}
