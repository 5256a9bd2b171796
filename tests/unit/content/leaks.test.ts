import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BLACK, guardLeaks } from '../../../src/content/leaks.ts';
import { cardNumbers } from '../../../src/content/leaks-card-numbers.ts';
import { emailAddresses, ownAddresses } from '../../../src/content/leaks-email-addresses.ts';
import { ibans } from '../../../src/content/leaks-ibans.ts';
import { librarySecrets } from '../../../src/content/leaks-library.ts';
import { lookThrough } from '../../../src/content/leaks-look-through.ts';
import { privateKeys } from '../../../src/content/leaks-private-keys.ts';
import { readSite } from '../../../src/content/read-site.ts';
import { siteWithoutConfig } from '../../../src/content/site-config.ts';

const NOW = Date.parse('2026-11-21T17:40:00Z');
const SITE = {
  ...siteWithoutConfig('Nordhost'),
  url: 'https://status.nordhost.example',
  contacts: [
    { label: { en: 'Mail' }, url: 'mailto:hilfe@nordhost-hilfe.example' },
    { label: { en: 'Desk' }, url: 'mailto:nordhost@post.example' },
  ],
};

// Made up here, letter by letter, so that nobody's scanner takes this file for a leak.
const LETTERS = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ0bC2eF4hJ6kL8nP1rS3uV5x';
const CLOUD_KEY = `AKIA${'Q7DRANTEST4KEY2X'}`;
const FORGE_TOKEN = `ghp_${LETTERS.slice(0, 36)}`;
const pem = (label: string, lines = 6) =>
  [
    `-----BEGIN ${label}-----`,
    ...Array(lines).fill(LETTERS + LETTERS.slice(0, 15)),
    'Qw==',
    `-----END ${label}-----`,
  ].join('\n');

/** What is found, as the stretches of the text. */
async function found(text: string) {
  const [leaks] = await lookThrough([text], ownAddresses(SITE), librarySecrets);
  return leaks!.map(({ start, end, kind }) => [kind, text.slice(start, end)]);
}

describe('keys and tokens', () => {
  it.each([
    CLOUD_KEY,
    FORGE_TOKEN,
    `glpat-${LETTERS.slice(0, 20)}`,
    `xoxb-${'123456789012'}-1234567890123-${LETTERS.slice(0, 24)}`,
    `sk_live_${LETTERS.slice(0, 24)}`,
    `AIza${LETTERS.slice(0, 35)}`,
    `hf_${LETTERS.slice(0, 34)}`,
    `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0In0'}.${LETTERS.slice(0, 43)}`,
  ])('%s is found wherever it stands', async (token) => {
    expect(await found(token)).toEqual([['secret', token]]);
    expect(await found(`Im Protokoll: key ${token}, dann Abbruch.`)).toEqual([['secret', token]]);
    expect(await found(`\`\`\`\n2026-11-21 18:30 ${token}\n\`\`\`\n`)).toEqual([['secret', token]]);
  });

  it.each([
    ['curl -H "Authorization: Bearer abc123def456ghi7" x', 'abc123def456ghi7'],
    ['DB_PASSWORD=hunter2', 'hunter2'],
    ['"client_secret": "abcdefgh"', 'abcdefgh'],
    ['Passwort: Geheim2026x', 'Geheim2026x'],
    ['GET /v1?api_key=9f8e7d6c5b4a&x=1', '9f8e7d6c5b4a&x=1'],
    ['`postgres://app:g@heim4!@db-1:5432/app`', 'app:g@heim4!'],
    ['https://admin:geheim42@intern.nordhost.example/x', 'admin:geheim42'],
    [
      'PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=',
      'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=',
    ],
  ])('of %s only the value', async (text, value) => {
    expect(await found(text)).toEqual([['secret', value]]);
  });

  it.each([
    'Das Passwort: bitte neu setzen.',
    'Ihr Passwort ist nicht betroffen. Token: siehe unten.',
    'password=$DB_PASSWORD token={{token}} secret=********',
    'Der Schlüssel aws-eu-central-1 heißt web-fra-12, Commit 3f786850e387550fdab836ed7e6dc881de23001b.',
    'Donaudampfschifffahrtsgesellschaftskapitaen, 550e8400-e29b-41d4-a716-446655440000',
    'https://status.nordhost.example/incidents/2026-11-21-power.html?v=0123456789abcdef',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx0m0N8lXk1 ops@nordhost.example',
  ])('nothing is found in "%s"', async (text) => {
    expect(await found(text)).toEqual([]);
  });

  it('a key is found behind what readers do not see', async () => {
    const [head, tail] = [FORGE_TOKEN.slice(0, 20), FORGE_TOKEN.slice(20)];
    for (const text of [
      FORGE_TOKEN.replace('_', '\\_'),
      `${head}\u200b${tail}`,
      `${head}\u00ad${tail}`,
      `${head}\u0007${tail}`,
    ]) {
      expect(await found(`key ${text} end`)).toEqual([['secret', text]]);
    }
  });

  it('a text hides nothing from the library, however long it is and whatever stands before it', async () => {
    const filler = 'Die Notstromaggregate sind nicht angesprungen. ';
    for (const before of ['\ufeff', filler.repeat(1400).slice(0, 32_760), filler.repeat(5000)]) {
      expect(await found(`${before} ${CLOUD_KEY} ${filler}`)).toEqual([['secret', CLOUD_KEY]]);
    }
  });
});

describe('private keys', () => {
  it.each([
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ])('%s: from its first line to its last', (label) => {
    const block = pem(label);
    for (const written of [
      block,
      block.replaceAll('\n', '\r\n'),
      block.replaceAll('\n', '\\n'),
      block.replaceAll('\n', '\n> '),
      block.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n'),
      block.replaceAll('-----', '—–'),
    ]) {
      const text = `Vorher\n${written}\nNachher`;
      expect(privateKeys(text).map(({ start, end }) => text.slice(start, end))).toEqual([written]);
    }
  });

  it('a key without its last line ends where other text begins', () => {
    const key = pem('RSA PRIVATE KEY').split('\n').slice(0, -1).join('\n');
    const text = `${key}\n\nDas war der Schlüssel.`;
    expect(privateKeys(text).map(({ start, end }) => text.slice(start, end))).toEqual([key]);
  });

  it('a key without its first line begins where other text ends', () => {
    const key = pem('RSA PRIVATE KEY').split('\n').slice(1).join('\n');
    const text = `Der Schlüssel war:\n\n${key}\nEnde`;
    expect(privateKeys(text).map(({ start, end }) => text.slice(start, end))).toEqual([key]);
  });

  it('certificates and public keys are none', () => {
    expect(privateKeys(`${pem('CERTIFICATE')}\n${pem('PUBLIC KEY')}`)).toEqual([]);
  });
});

describe('card numbers', () => {
  const cards = (text: string) => cardNumbers(text).map(({ start, end }) => text.slice(start, end));

  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4222222222222',
    '5555555555554444',
    '2223 0031 2200 3222',
    '3782 822463 10005',
    '378282246310005',
    '3056 930902 5904',
    '6011111111111117',
    '3530111333300000',
  ])('%s is one', (number) => {
    expect(cards(number)).toEqual([number]);
    expect(cards(`Karte 12 ${number}, abgelehnt`)).toEqual([number]);
    expect(cards(`card="${number}".`)).toEqual([number]);
  });

  it.each([
    '4111111111111112',
    '4111 1111 11111111',
    '1111111111111117',
    '+4915123456788',
    '20261121180500 2026-11-21T18:05:00',
    '1763748300000000',
    'https://social.example/@nordhost/4111111111111111',
    'trace_4111111111111111 a4111111111111111 4111111111111111b',
    '0.4111111111111111',
    '4444444444444444444',
  ])('%s is none', (text) => {
    expect(cards(text)).toEqual([]);
  });
});

describe('account numbers and mail addresses', () => {
  it.each([
    'DE89370400440532013000',
    'DE89 3704 0044 0532 0130 00',
    'GB29 NWBK 6016 1331 9268 19',
    'at611904300234573201',
  ])('%s is an account number', (iban) => {
    const text = `Überwiesen auf ${iban} am Montag.`;
    expect(ibans(text).map(({ start, end }) => text.slice(start, end))).toEqual([iban]);
  });

  it.each([
    'DE88370400440532013000',
    'DE8937040044053201300',
    'XDE89370400440532013000',
    'DE89370400440532013000A',
  ])('%s is none', (text) => {
    expect(ibans(text)).toEqual([]);
  });

  it.each(['max.muster@kunde.example', 'm+x@mail.kunde.co.uk', 'jörg@müller.example'])(
    "%s is a stranger's address",
    (address) => {
      const text = `Postfach <${address}>: voll`;
      const own = ownAddresses(SITE);
      expect(emailAddresses(text, own).map(({ start, end }) => text.slice(start, end))).toEqual([address]);
    },
  );

  it.each([
    'hotline@nordhost.example',
    'root@web-1.nordhost.example',
    'Nordhost@Post.example',
    'x@nordhost-hilfe.example',
    'git@forge.example:nordhost/status.git',
    '@nordhost@social.example',
    'user@1000.service icon@2x.png root@web-dd-1',
    'https://app@other.example/',
  ])('%s is none', (text) => {
    expect(emailAddresses(text, ownAddresses(SITE))).toEqual([]);
  });

  it('a shared domain that the config shows one mailbox of stays the shared domain of one mailbox', () => {
    expect(emailAddresses('kunde@gmail.example', ownAddresses(SITE))).toHaveLength(1);
  });
});

/** Reads a site of these files. */
async function reading(files: Record<string, string>, now = NOW) {
  const folder = await mkdtemp(join(tmpdir(), 'dran-leaks-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'incidents'));
  await writeFile(
    join(folder, 'status.config.yml'),
    'name: Nordhost\nurl: https://status.nordhost.example\ntimezone: Europe/Berlin\nlanguage: de\nlanguages: [de, en]\ncomponents: [{ id: mail, name: Mail }]\n',
  );
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'incidents', name), text);
  return readSite(folder, now);
}

const file = (frontmatter: string, body: string) =>
  `---\ntitle: Mail steht\nstatus: identified\ncomponents: [mail]\n${frontmatter}---\n\n${body}`;

describe('what is read', () => {
  it('holds no secret in any text or fault, and each of its places is told', async () => {
    const { incidents, faults } = await reading({
      '2026-11-21-mail.md': `---
title: "Schluessel ${CLOUD_KEY} gesperrt"
status: ${FORGE_TOKEN}
components: [mail, ${CLOUD_KEY}]
hosts: [${CLOUD_KEY}]
aliases: [${CLOUD_KEY}]
foo: ${FORGE_TOKEN}
---

Zusammenfassung ${CLOUD_KEY}

## 2026-11-21 18:30 identified ^${CLOUD_KEY} {mail: ${CLOUD_KEY}} {#${CLOUD_KEY}} und ${FORGE_TOKEN}

${pem('OPENSSH PRIVATE KEY')}

![${CLOUD_KEY}](${FORGE_TOKEN}.png) Karte 4111 1111 1111 1111.

## 2026-13-21 18:30 ${CLOUD_KEY}
`,
      '2026-11-21-mail.en.md': `---\ntitle: Key ${CLOUD_KEY} is locked\n---\n\nSummary ${FORGE_TOKEN}\n\n## 2026-11-21 18:30\n\nText ${CLOUD_KEY}\n`,
    });
    const all = JSON.stringify({ incidents, faults });
    for (const secret of [
      CLOUD_KEY,
      FORGE_TOKEN,
      FORGE_TOKEN.slice(0, 12),
      LETTERS,
      '4111 1111',
      'OPENSSH',
      'Qw==',
    ])
      expect(all).not.toContain(secret);
    expect(incidents[0]!.title).toBe(`Schluessel ${BLACK} gesperrt`);
    expect(incidents[0]!.translations.en!.title).toBe(`Key ${BLACK} is locked`);
    expect(incidents[0]!.updates[0]!.text).toContain(`${BLACK}\n\n![`);
    expect(incidents[0]!.updates[0]!.id).toBe('hidden');
    expect(incidents[0]!.aliases).toEqual([]);
    const told = faults.filter(({ code }) => code === 'secret' || code === 'card-number');
    expect(told.map(({ file, line }) => `${file.slice(10)}:${line}`)).toEqual(
      expect.arrayContaining([
        ...[2, 3, 4, 5, 6, 7, 10, 12, 14, 24, 26].map((line) => `2026-11-21-mail.md:${line}`),
        ...[2, 5, 9].map((line) => `2026-11-21-mail.en.md:${line}`),
      ]),
    );
    expect(told.every(({ level, publishedAs }) => level === 'warning' && publishedAs === BLACK)).toBe(true);
  });

  it('keeps the place of every fault', async () => {
    const { faults } = await reading({
      '2026-11-21-mail.md': file(`foo: ${CLOUD_KEY}\n`, '## 2026-11-21 18:30\n\nText\n'),
    });
    expect(faults.map(({ code, line, column, length }) => [code, line, column, length])).toEqual([
      ['unknown-key', 5, 1, 3],
      ['secret', 5, 6, 20],
    ]);
    expect(faults[1]!.source).toBe(`foo: ${'█'.repeat(20)}`);
    expect(faults[1]!.message).toMatch(/^"AKIA████████" looks like a secret \(aws\)/);
  });

  it('offers no edit that would write a secret', async () => {
    const text = file('', '## 2026-11-21 18:30\n\nText\n').replace('Mail steht', `Mail: key: ${CLOUD_KEY}`);
    const { incidents, faults } = await reading({ '2026-11-21-mail.md': text });
    expect(incidents[0]!.title).toBe(`Mail: key: ${BLACK}`);
    expect(JSON.stringify(faults)).not.toContain(CLOUD_KEY);
  });

  it('holds mail addresses and account numbers as written, with a warning each', async () => {
    const { incidents, faults } = await reading({
      '2026-11-21-mail.md': file(
        '',
        '## 2026-11-21 18:30\n\nPostfach max@kunde.example, DE89 3704 0044 0532 0130 00, max@kunde.example, hilfe@nordhost.example\n',
      ),
    });
    expect(incidents[0]!.updates[0]!.text).toContain('max@kunde.example, DE89 3704');
    expect(faults.map(({ code, column }) => [code, column])).toEqual([
      ['email-address', 10],
      ['iban', 29],
    ]);
  });

  it('is warned about while the incident is open or not older than 30 days; secrets stay black for good', async () => {
    const at = (date: string, status: string) => ({
      [`${date}-mail.md`]: `---\ntitle: Mail\nstatus: ${status}\ncomponents: [mail]\n---\n\n## ${date} 18:30\n\nKey ${CLOUD_KEY}, max@kunde.example\n`,
    });
    const codes = async (files: Record<string, string>) => {
      const { incidents, faults } = await reading(files);
      expect(incidents[0]!.updates[0]!.text).toBe(`Key ${BLACK}, max@kunde.example`);
      return faults.filter(({ transient }) => !transient).map(({ code }) => code);
    };
    expect(await codes(at('2026-11-01', 'resolved'))).toEqual(['secret', 'email-address']);
    expect(await codes(at('2026-10-01', 'resolved'))).toEqual([]);
    expect(await codes(at('2026-10-01', 'identified'))).toEqual(['secret', 'email-address']);
  });

  it('warns about a draft, too', async () => {
    const { incidents, faults } = await reading({
      '2026-11-21-mail.md': file('draft: true\n', `## 2026-11-21 18:30\n\n${CLOUD_KEY}\n`),
    });
    expect([incidents.length, faults.map(({ code }) => code)]).toEqual([0, ['secret']]);
  });

  it('tells once how many more there are', async () => {
    const keys = Array.from({ length: 50 }, (_, i) => `AKIA${'Q7DRANTEST4KEY'}${String(10 + i)}`).join('\n');
    const { incidents, faults } = await reading({
      '2026-11-21-mail.md': file('', `## 2026-11-21 18:30\n\n${keys}\n`),
    });
    expect(faults).toHaveLength(20);
    expect(faults[19]!.message).toContain('30 more stand below');
    expect(incidents[0]!.updates[0]!.text).toBe(Array(50).fill(BLACK).join('\n'));
  });

  it('is guarded as far as it goes when the library fails, and says so', async () => {
    const { site, incidents } = await reading({
      '2026-11-21-mail.md': file('', '## 2026-11-21 18:30\n\nText\n'),
    });
    const text = `${pem('PRIVATE KEY')} `;
    const broken = [{ ...incidents[0]!, summary: text }];
    const files = [{ path: broken[0]!.path, text, incident: broken[0]!.path }];
    const guarded = await guardLeaks({ site, incidents: broken, faults: [], files }, NOW, () =>
      Promise.reject(new TypeError('broken')),
    );
    expect(guarded.incidents[0]!.summary).toBe(`${BLACK} `);
    expect(guarded.faults.map(({ code }) => code)).toEqual(['secrets-not-found', 'secret']);
  });
});

it('what holds no secret is given back untouched', async () => {
  const { site, incidents } = await reading({
    '2026-11-21-mail.md': file('', '## 2026-11-21 18:30\n\nText\n'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 6 }),
      async (texts) => {
        const incident = {
          ...incidents[0]!,
          title: texts[0] ?? 'x',
          summary: texts.join('\n'),
          hosts: texts,
          translations: { en: { title: texts[1] ?? null, summary: null, updates: { a: texts.join(' ') } } },
        };
        const files = [{ path: incident.path, text: texts.join('\n'), incident: incident.path }];
        const leaks = (
          await lookThrough([...texts, texts.join('\n'), texts.join(' ')], ownAddresses(site), librarySecrets)
        ).flat();
        fc.pre(leaks.length === 0);
        const guarded = await guardLeaks({ site, incidents: [incident], faults: [], files }, NOW);
        expect(guarded).toEqual({ incidents: [incident], faults: [] });
        expect(guarded.incidents[0]).toBe(incident);
      },
    ),
    { numRuns: 100 },
  );
});

it('a secret is gone wherever it is put in a text', async () => {
  const secret = fc.constantFrom(CLOUD_KEY, FORGE_TOKEN, pem('RSA PRIVATE KEY'), '4111 1111 1111 1111');
  const words = fc.array(fc.constantFrom('Mail', '**x**', '`', '"', '\n', '> ', '- ', '(', 'ü', '.', '1'), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(words, secret, words, async (before, one, after) => {
      const text = `${before.join(' ')} ${one} ${after.join(' ')}`;
      expect((await found(text)).map(([, part]) => part).join(' ')).toContain(one.split('\n')[0]);
    }),
    { numRuns: 200 },
  );
});
