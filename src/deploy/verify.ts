import { z } from 'zod';
import { BUILD_MARK, type Build } from './built-files.ts';

/** What readers get at a target's address, as seen from here. */
export type Seen =
  | { state: 'current' }
  /** `built`: when what is shown was built, as it says itself. */
  | { state: 'other'; built: string | null; url: string | null }
  | { state: 'fault'; message: string; advice: string };

/** What verifying needs from outside. */
export interface Verifying {
  fetch: (url: string, init: { signal: AbortSignal; headers: Record<string, string> }) => Promise<Response>;
  sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since some instant; never goes back. */
  elapsed: () => number;
  signal: AbortSignal;
}

const mark = z.object({ hash: z.string(), built: z.string().nullish(), url: z.string().nullish() });

/** One question may take this long. */
const ANSWER_LIMIT = 10_000;

/**
 * Asks `url` for its `build.json`, past caches, until it is that of `build`, for at most `patience` milliseconds:
 * at first every second, then less often, in the end every 15 seconds. Gives the last answer, in words about what
 * readers see. Throws only the reason of the signal.
 */
export async function verify(
  url: string,
  build: Build,
  patience: number,
  outside: Verifying,
): Promise<{ ok: true } | { ok: false; message: string; advice: string }> {
  const from = outside.elapsed();
  for (let count = 0; ; count++) {
    outside.signal.throwIfAborted();
    const seen = await look(url, build, count, outside);
    if (seen.state === 'current') return { ok: true };
    const pause = Math.min(1000 * 1.3 ** count, 15_000);
    if (outside.elapsed() - from + pause > patience) return inWords(seen, url, build);
    await outside.sleep(pause);
  }
}

async function look(url: string, build: Build, count: number, { fetch, signal }: Verifying): Promise<Seen> {
  const limit = AbortSignal.timeout(ANSWER_LIMIT);
  try {
    // The query passes caches that keep answers by address.
    const response = await fetch(`${url}/${BUILD_MARK}?dran=${build.hash.slice(0, 12)}-${count}`, {
      signal: AbortSignal.any([limit, signal]),
      headers: { 'cache-control': 'no-cache', pragma: 'no-cache', accept: 'application/json' },
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { state: 'fault', ...statusWords(response.status) };
    }
    const parsed = mark.safeParse(await response.json().catch(() => null));
    if (!parsed.success) {
      return {
        state: 'fault',
        message: 'What is shown there is no page of Dran.',
        advice: 'Look whether the url of this target is right, and whether the host shows another folder.',
      };
    }
    if (parsed.data.hash === build.hash) return { state: 'current' };
    return { state: 'other', built: parsed.data.built ?? null, url: parsed.data.url ?? null };
  } catch (error) {
    signal.throwIfAborted();
    return { state: 'fault', ...errorWords(error, limit.aborted) };
  }
}

function inWords(seen: Exclude<Seen, { state: 'current' }>, url: string, build: Build) {
  if (seen.state === 'fault') return { ok: false as const, message: seen.message, advice: seen.advice };
  if (seen.url !== null && seen.url !== build.url) {
    return {
      ok: false as const,
      message: `${url} shows the page of another site (${seen.url}).`,
      advice: 'Correct the url of this target.',
    };
  }
  const when = seen.built === null ? 'an earlier build' : `the build of ${seen.built}`;
  return {
    ok: false as const,
    message: `${url} still shows ${when}.`,
    advice:
      'A cache may hold it, or the host is still at work: look again in a few minutes. Else the url or the folder is another.',
  };
}

function statusWords(status: number): { message: string; advice: string } {
  if (status === 404 || status === 410) {
    return {
      message: `There is no ${BUILD_MARK} at its address (${status}).`,
      advice:
        'Look whether the url of this target is right, and whether the host shows the folder or branch.',
    };
  }
  if (status === 401 || status === 403) {
    return {
      message: `Its address answers that readers may not see it (${status}).`,
      advice: 'Open it to everybody: file permissions, public access of a bucket, password of the site.',
    };
  }
  if (status === 429) {
    return { message: 'The host has too many requests (429).', advice: 'Look again in a few minutes.' };
  }
  return {
    message: `Its address answers with ${status}.`,
    advice: status >= 500 ? "Look at the host's own status page." : 'Look at the settings of the host.',
  };
}

function errorWords(error: unknown, late: boolean): { message: string; advice: string } {
  const cause = (error as { cause?: { code?: string } } | null)?.cause;
  const code = cause?.code ?? (error as { code?: string } | null)?.code ?? '';
  if (late || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return { message: 'Its address does not answer.', advice: 'Look whether the host is up.' };
  }
  if (/ENOTFOUND|EAI_AGAIN|ENODATA/.test(code)) {
    return {
      message: 'The name of its address is not in the DNS.',
      advice: 'Set up the DNS entry, correct the url of this target, or wait until the entry has spread.',
    };
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return {
      message: `The certificate of its address is not accepted (${code}).`,
      advice: 'Renew it, or add this name to it.',
    };
  }
  if (code === 'ECONNREFUSED') {
    return { message: 'Its address refuses the connection.', advice: 'Look whether the web server runs.' };
  }
  return {
    message: `Its address can't be read${code === '' ? '' : ` (${code})`}.`,
    advice: 'Look whether the host is up and can be reached from here.',
  };
}
