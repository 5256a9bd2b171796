import { describe, expect, test } from 'vitest';
import { remoteHost } from '../../../src/doctor/remote-host.ts';
import { subjectsOf } from '../../../src/doctor/subject.ts';
import { configured } from './sample.ts';

function subjects(config: string, url?: string) {
  const { site, hosting } = configured(config, url);
  return subjectsOf(site, hosting);
}

describe('the hosts that a config names', () => {
  test('are the page, its mirrors and what targets publish to, each once', () => {
    const { copies } = subjects(
      'mirrors: ["https://moor.pages.dev", "https://two.test/status/"]\ntargets: [{ folder: /a }, { folder: /b, url: "https://two.test/status" }, { folder: /c, url: "https://three.test" }]\n',
      'https://status.bücher.example:8443/',
    );
    expect(copies.map(({ role, host, listed }) => `${role} ${host} ${listed}`)).toEqual([
      'page status.xn--bcher-kva.example true',
      'mirror moor.pages.dev true',
      'mirror two.test true',
      'mirror three.test false',
    ]);
  });

  test('are those of contacts, but for telephones', () => {
    const { contacts, hostless } = subjects(`contacts:
  - { label: Hotline, url: "tel:+4935100000" }
  - { label: { de: Netz, en: Net }, url: "https://social.test/@moor" }
  - { label: Mail, url: "mailto:help%40moor.example?subject=x" }
language: en
`);
    expect(hostless).toBe(1);
    expect(contacts.map(({ label, host, mail }) => `${label} ${host} ${mail}`)).toEqual([
      'Net social.test false',
      'Mail moor.example true',
    ]);
  });

  test('are that of the repository, and of targets that say so', () => {
    const { source, targets } = subjects(`source: https://git.moor.example/status
targets:
  - { rsync: "web@two.test:/srv/status", name: two }
  - { git: "ssh://git@three.test:2222/moor/pages.git", name: three }
  - { git: /srv/git/pages.git, name: disk }
  - { rclone: "s3:bucket", name: s3 }
  - { command: "wrangler pages deploy {dir}", name: cf }
`);
    expect(source?.host).toBe('git.moor.example');
    expect(targets.map(({ label, host }) => `${label} ${host}`)).toEqual([
      'two two.test',
      'three three.test',
    ]);
  });
});

describe('the host of a remote address', () => {
  test.each([
    ['git@github.com:moor/status.git', 'github.com'],
    ['https://user:secret@GitHub.com/moor/status', 'github.com'],
    ['ssh://git@[2001:db8::1]:22/x', '2001:db8::1'],
    ['rsync://two.test/status', 'two.test'],
    ['web@[2001:db8::2]:/srv', '2001:db8::2'],
    ['two.test::module', 'two.test'],
  ])('%s', (address, host) => {
    expect(remoteHost(address)).toEqual([host]);
  });

  test.each(['/srv/git/x.git', '../x.git', 'file:///srv/x.git', 'x.git', ''])('%s has none', (address) => {
    expect(remoteHost(address)).toEqual([]);
  });
});
