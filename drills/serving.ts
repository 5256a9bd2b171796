import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill, Trial } from './drill.ts';
import { mustBuild, siteFiles, writeSite } from './site.ts';
import { findTool } from './tools.ts';
import { serveFolder, WEB_SERVERS, type WebServer } from './web-server.ts';

/** The files of docs/deploy/serving/ make real servers answer as readers, feeds and caches need it. */
export const serving: Drill = {
  name: 'serving',
  about: 'nginx (and Apache and Caddy, where installed) with the files of docs/deploy/serving/',
  needs: ['nginx'],
  async *run({ folder, program, say }) {
    const root = join(folder, 'www');
    const site = join(folder, 'site');
    await chmod(join(folder, '..'), 0o755);
    await writeSite(site, { ...siteFiles(0), ...UNMADE });
    await mustBuild({ program, site, outDir: root });
    await mkdir(join(root, '.dran'));
    await writeFile(join(root, '.dran/record.json'), 'what a deployment remembers');
    await mkdir(join(root, '.well-known'));
    await writeFile(join(root, '.well-known/security.txt'), 'Contact: mailto:security@nordhost.example');
    for (const server of WEB_SERVERS) {
      const tried = `${server} with its file of docs/deploy/serving/`;
      if (findTool(server) === null) {
        yield { tried, times: 0, lost: [], note: `${server} is not installed` };
        continue;
      }
      say(`asking ${server}`);
      yield await answersOf(server, root, join(folder, server), tried);
    }
  },
};

/** Names of files that a site can have besides those that the site of the drills has. */
const UNMADE = {
  'public/calendar.ics': 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n',
  'public/badge.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'public/_headers': '/*\n  X-Test: 1\n',
};

/** What a request must be answered with. */
interface Answer {
  path: string;
  status: number[];
  /** Header fields: the value, or a pattern for it; null: none. */
  fields: Record<string, string | RegExp | null>;
  /** The file below the root that the body must be. */
  file?: string;
}

const POLICY = /^default-src 'none'; .*connect-src 'self'; .*frame-ancestors 'none'$/;
const SOON = /^public, max-age=30,/;
const ALL = '*';

const page = (path: string, file: string, status = 200): Answer => ({
  path,
  file,
  status: [status],
  fields: {
    'content-type': /^text\/html; ?charset=utf-8$/i,
    'cache-control': SOON,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
});

const file = (path: string, type: RegExp, fields: Answer['fields'] = {}): Answer => ({
  path: `/${path}`,
  file: path,
  status: [200],
  fields: { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': SOON, ...fields },
});

const open = { 'access-control-allow-origin': ALL };

const ANSWERS: Answer[] = [
  page('/', 'index.html'),
  page('/index.html', 'index.html'),
  page('/en/', 'en/index.html'),
  page('/history/', 'history/index.html'),
  page('/incidents/2026-11-21-power.html', 'incidents/2026-11-21-power.html'),
  page('/incidents/2026-11-21-power', 'incidents/2026-11-21-power.html'),
  page('/nowhere/at-all.html', '404.html', 404),
  page('/.dran/record.json', '404.html', 404),
  page('/_headers', '404.html', 404),
  {
    path: '/history',
    status: [301, 308],
    fields: { location: /^(?:http:\/\/127\.0\.0\.1:\d+)?\/history\/$/ },
  },
  file('build.json', /^application\/json/, { 'cache-control': 'no-cache', ...open }),
  file('rss.xml', /^application\/rss\+xml; ?charset=utf-8$/i, open),
  file('en/rss.xml', /^application\/rss\+xml; ?charset=utf-8$/i, open),
  file('history.rss', /^application\/rss\+xml; ?charset=utf-8$/i, open),
  file('atom.xml', /^application\/atom\+xml; ?charset=utf-8$/i, open),
  file('feed.json', /^application\/feed\+json/, open),
  file('calendar.ics', /^text\/calendar; ?charset=utf-8$/i, open),
  file('social/status.png', /^image\/png$/, { 'cache-control': /^public, max-age=300,/ }),
  file('badge.svg', /^image\/svg\+xml/, { ...open, 'cache-control': /^public, max-age=300,/ }),
  file('pictures/plan.svg', /^image\/svg\+xml/, {
    'cache-control': /^public, max-age=300,/,
    'content-security-policy': /sandbox/,
  }),
  file('.well-known/security.txt', /^text\/plain/),
];

async function answersOf(server: WebServer, root: string, folder: string, tried: string): Promise<Trial> {
  const { url, stop } = await serveFolder(server, root, folder);
  const lost: string[] = [];
  try {
    for (const answer of ANSWERS) lost.push(...(await wrongIn(url, answer, root)));
    lost.push(...(await wrongInCompressed(url, root)));
  } finally {
    await stop();
  }
  return { tried, times: ANSWERS.length + 2, lost };
}

async function wrongIn(url: string, answer: Answer, root: string): Promise<string[]> {
  const response = await fetch(url + answer.path, {
    redirect: 'manual',
    headers: { 'accept-encoding': 'identity' },
  });
  const body = Buffer.from(await response.arrayBuffer());
  const wrong: string[] = [];
  if (!answer.status.includes(response.status))
    wrong.push(`${answer.path} is answered with ${response.status}.`);
  for (const [name, expected] of Object.entries(answer.fields)) {
    const value = response.headers.get(name);
    const fits = expected instanceof RegExp ? expected.test(value ?? '') : value === expected;
    if (!fits) wrong.push(`${answer.path} has ${name}: ${value ?? '(none)'}; expected ${expected}.`);
  }
  if (answer.file !== undefined && !body.equals(await readFile(join(root, answer.file)))) {
    wrong.push(`${answer.path} gives other bytes than ${answer.file}.`);
  }
  return wrong;
}

/** Pages are sent compressed, and "not modified" is answered for the compressed form too. */
async function wrongInCompressed(url: string, root: string): Promise<string[]> {
  const wrong: string[] = [];
  const headers = { 'accept-encoding': 'gzip' };
  const response = await fetch(`${url}/index.html`, { headers });
  const body = Buffer.from(await response.arrayBuffer());
  if (response.headers.get('content-encoding') !== 'gzip') wrong.push('/index.html is not compressed.');
  if (!body.equals(await readFile(join(root, 'index.html'))))
    wrong.push('/index.html is spoilt by compression.');
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(`${url}/index.html`, { headers: { ...headers, 'if-none-match': etag } });
  await again.arrayBuffer();
  if (again.status !== 304) wrong.push(`/index.html, unchanged, is answered with ${again.status}.`);
  return wrong;
}
