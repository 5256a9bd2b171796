import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, filesBelow, NOW, type Run, type TestSite } from './harness.ts';

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: de
languages: [de, en]
components: [{ id: mail, name: Mail }]
contacts: [{ label: Hilfe, url: "mailto:hilfe@nordhost.example" }]
`;

// Made up here, in parts, so that nobody's scanner takes this file for a leak.
const CLOUD_KEY = `AKIA${'Q7DRANTEST4KEY2X'}`;
const KEY_LINE = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ0bC2eF4hJ6kL8nP1rS3uV5x';
const PRIVATE_KEY = `-----BEGIN ${'OPENSSH'} PRIVATE KEY-----\n${`${KEY_LINE}\n`.repeat(5)}-----END OPENSSH PRIVATE KEY-----`;
const CARD = '4111 1111 1111 1111';
const SECRETS = [CLOUD_KEY, CLOUD_KEY.slice(4), KEY_LINE, 'OPENSSH', CARD, '4111'];

const INCIDENT = `---
title: "Sicherungen stehen (${CLOUD_KEY})"
status: identifyed ${CLOUD_KEY}
components: [mail, "${CLOUD_KEY}"]
hosts: [backup-${CLOUD_KEY}]
---

Der Gegenseite fehlt ${CLOUD_KEY}.

## 2026-11-21 19:30 identified

Das Protokoll vom Zahldienst, Karte ${CARD}, Kunde max@kunde.example:

\`\`\`
${PRIVATE_KEY}
\`\`\`

![Bild ${CLOUD_KEY}](${CLOUD_KEY}.png) [Seite](https://app:${CLOUD_KEY}@intern.example/)

## 2026-11-21 19:05 investigating ^${CLOUD_KEY}

Rückfragen: hilfe@nordhost.example, ${CLOUD_KEY}
`;
const TRANSLATION = `---
title: "Backups are stuck (${CLOUD_KEY})"
---

## 2026-11-21 19:30

The log, card ${CARD}:

${PRIVATE_KEY}
`;

describe('a secret that was pasted into an incident', () => {
  let site: TestSite & Run;
  beforeAll(async () => {
    site = await buildSite({
      'status.config.yml': CONFIG,
      'incidents/2026-11-21-sicherungen.md': INCIDENT,
      'incidents/2026-11-21-sicherungen.en.md': TRANSLATION,
    });
  });

  it('stands in no file that is built, nor in what the build prints', async () => {
    expect([site.code, site.stderr]).toEqual([0, '']);
    const files = await filesBelow(site.outDir);
    expect(files).toEqual(
      expect.arrayContaining([
        'index.html',
        'rss.xml',
        'en/rss.xml',
        'incidents/2026-11-21-sicherungen.html',
        'en/incidents/2026-11-21-sicherungen.html',
        'social/incidents/2026-11-21-sicherungen.png',
      ]),
    );
    for (const file of files) {
      const bytes = await readFile(join(site.outDir, file));
      for (const secret of SECRETS) expect([file, bytes.includes(secret)]).toEqual([file, false]);
    }
    for (const secret of SECRETS) expect(site.stdout).not.toContain(secret);
  });

  it('is black on page, feed, preview and translation', async () => {
    const text = (path: string) => readFile(join(site.outDir, path), 'utf8');
    const page = await text('incidents/2026-11-21-sicherungen.html');
    expect(page).toContain('Sicherungen stehen (████████)');
    expect(/<meta property="og:image:alt" content="([^"]*)"/.exec(page)?.[1]).toContain('████████');
    expect(/<pre[^>]*><code[^>]*>([^<]*)</.exec(page)?.[1]).toBe('████████\n');
    expect(await text('rss.xml')).toContain('Sicherungen stehen (████████)');
    expect(await text('en/incidents/2026-11-21-sicherungen.html')).toContain('Backups are stuck (████████)');
  });

  it("is told with its place, and a stranger's mail address stays with a warning", async () => {
    expect(site.stdout).toMatch(
      /sicherungen\.md:2:29 {2}warning {2}secret\n {2}title: "Sicherungen stehen \(█{20}\)"/,
    );
    expect(site.stdout).toMatch(/sicherungen\.md:12:37 {2}warning {2}card-number/);
    expect(site.stdout).toMatch(/sicherungen\.md:12:64 {2}warning {2}email-address/);
    expect(site.stdout.match(/ email-address$/gm)).toHaveLength(1);
    const page = await readFile(join(site.outDir, 'incidents/2026-11-21-sicherungen.html'), 'utf8');
    expect(page).toContain('max@kunde.example');
  });

  it('is shown by no form of check', async () => {
    for (const flags of [[], ['--json'], ['--strict']]) {
      const run = promisify(execFile)(process.execPath, [resolve('src/cli/check.ts'), ...flags], {
        env: { ...process.env, STATUS_SITE: site.folder, STATUS_NOW: NOW },
      });
      const { stdout, stderr } = await run.catch((fault: { stdout: string; stderr: string }) => fault);
      expect(stdout).toContain('card-number');
      for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
    }
  });
});
