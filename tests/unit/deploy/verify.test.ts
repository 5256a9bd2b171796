import { expect, it } from 'vitest';
import { verify } from '../../../src/deploy/verify.ts';
import { buildOf } from './memory-store.ts';

const BUILD = buildOf({ 'index.html': 'new' });
const OLD = { hash: '0'.repeat(64), built: '2026-11-21T18:00:00+01:00', url: BUILD.url };

/** Readers' address, answering so; time passes only while one sleeps. */
async function seen(answers: (object | Error | number)[], patience = 60_000) {
  let now = 0;
  const asked: string[] = [];
  const result = await verify('https://status.nordhost.example', BUILD, patience, {
    fetch: async (url) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)]!;
      asked.push(url);
      if (answer instanceof Error) throw answer;
      if (typeof answer === 'number') return new Response('', { status: answer });
      return Response.json(answer);
    },
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    elapsed: () => now,
    signal: new AbortController().signal,
  });
  return { result, asked, waited: now };
}

const network = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: { code } });

it('asks until readers get this build, each time past caches', async () => {
  const { result, asked } = await seen([OLD, network('ECONNRESET'), 404, { hash: BUILD.hash }]);
  expect(result).toEqual({ ok: true });
  expect(new Set(asked).size).toBe(4);
  expect(asked[0]).toMatch(/^https:\/\/status\.nordhost\.example\/build\.json\?/);
});

it('gives up when time runs out, after ever longer pauses', async () => {
  const { result, asked, waited } = await seen([OLD], 300_000);
  expect(result).toMatchObject({
    ok: false,
    message: expect.stringContaining('the build of 2026-11-21T18:00:00+01:00'),
  });
  expect(waited).toBeLessThanOrEqual(300_000);
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.length).toBeLessThan(40);
});

it.each([
  [network('ENOTFOUND'), 'not in the DNS', 'DNS entry'],
  [network('CERT_HAS_EXPIRED'), 'certificate', 'Renew'],
  [network('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate', 'add this name'],
  [network('ECONNREFUSED'), 'refuses the connection', 'web server'],
  [network('UND_ERR_CONNECT_TIMEOUT'), 'does not answer', 'is up'],
  [network('EPROTO'), "can't be read (EPROTO)", 'reached from here'],
  [404, 'no build.json', 'url of this target'],
  [403, 'may not see it', 'permissions'],
  [500, 'answers with 500', 'status page'],
  [429, 'too many requests', 'few minutes'],
  [{ hash: 1 }, 'no page of Dran', 'url of this target'],
  [{ ...OLD, url: 'https://other.example' }, 'another site (https://other.example)', 'Correct the url'],
  [{ hash: OLD.hash }, 'still shows an earlier build', 'cache'],
])('says what readers get, and what to do: %s', async (answer, message, advice) => {
  const { result } = await seen([answer], 0);
  expect(result).toMatchObject({
    ok: false,
    message: expect.stringContaining(message),
    advice: expect.stringContaining(advice),
  });
});
