import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { failureOf, missingTool } from './advice.ts';
import { DeployFailure } from './failure.ts';
import type { Tools } from './tools.ts';

/** Calls a command of rclone's remote control; throws a `DeployFailure` with what rclone said. */
export type RcloneCall = (
  command: string,
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

/** rclone at work for one try. */
export interface Rclone {
  call: RcloneCall;
  stop(): Promise<void>;
}

/**
 * Starts rclone once for a whole deployment, as a server on this machine alone with a password that is made for the
 * run: a process for each of thousands of files would take minutes. It ends with `stop`, with the signal and with
 * this process. `flags` are of rclone itself.
 */
export async function startRclone(
  flags: readonly string[],
  tools: Tools,
  signal: AbortSignal,
): Promise<Rclone> {
  const password = randomBytes(24).toString('base64url');
  const stopping = new AbortController();
  const said: string[] = [];
  let address: ((url: string) => void) | null = null;
  const listening = new Promise<string>((done) => {
    address = done;
  });
  const ended = tools
    .run({
      command: 'rclone',
      args: ['rcd', '--rc-addr=127.0.0.1:0', '--ask-password=false', ...flags],
      cwd: tools.cwd,
      env: { ...withCertificates(tools.env), RCLONE_RC_USER: 'dran', RCLONE_RC_PASS: password },
      signal: AbortSignal.any([signal, stopping.signal]),
      onErrorLine(line) {
        said.push(line);
        const url = /Serving remote control on (http:\/\/[^\s/]+)/.exec(line)?.[1];
        if (url !== undefined) address?.(url);
      },
    })
    .catch((error: unknown) => {
      if (stopping.signal.aborted) return null;
      throw error;
    });
  const url = await Promise.race([
    listening,
    ended.then((end) => {
      if (end?.code === 127) throw missingTool('rclone');
      throw failureOf(tools.redact(said.join('\n')), 'rclone could not be started.');
    }),
  ]);
  const authorization = `Basic ${Buffer.from(`dran:${password}`).toString('base64')}`;
  return {
    async call(command, input) {
      const { status, text } = await post(
        `${url}/${command}`,
        JSON.stringify(input),
        authorization,
        signal,
      ).catch((error: unknown) => {
        signal.throwIfAborted();
        const last = tools.redact(said.join('\n'));
        throw failureOf(
          `${last}\n${error instanceof Error ? error.message : String(error)}`,
          'rclone has ended.',
        );
      });
      const answer = parse(text);
      if (status === 200) return answer;
      const error = typeof answer.error === 'string' ? answer.error : text;
      const failure = failureOf(tools.redact(error), 'rclone could not do it.');
      throw status === 404 ? new NotThere(failure.message) : failure;
    },
    async stop() {
      stopping.abort(new Error('stopped'));
      await ended.catch(() => {});
    },
  };
}

/** A file or folder that was asked for is not there. */
export class NotThere extends DeployFailure {}

/** rclone can't talk to S3 where AWS_CA_BUNDLE is set, and has a variable of its own that says the same. */
function withCertificates(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const { AWS_CA_BUNDLE: bundle, ...rest } = env;
  return bundle === undefined ? env : { RCLONE_CA_CERT: bundle, ...rest };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function post(
  url: string,
  body: string,
  authorization: string,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  return new Promise((done, failed) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const asked = request(url, { method: 'POST', headers, signal }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (part: string) => {
          text += part;
        })
        .on('end', () => done({ status: response.statusCode ?? 0, text }))
        .on('error', failed);
    });
    asked.on('error', failed);
    asked.end(body);
  });
}
