import { describe, expect, it } from 'vitest';
import { newFileUrl } from '../../../src/domain/new-file-url.ts';

const FILE = { branch: 'main', path: 'incidents/2026-11-21-strom.md', text: '---\ntitle: "Ä & #1"\n---\n' };
const TEXT = '---%0Atitle%3A%20%22%C3%84%20%26%20%231%22%0A---%0A';

describe('the link to the web editor', () => {
  it.each([
    [
      'GitHub fills in name and text',
      'https://github.com/nordhost/status',
      `https://github.com/nordhost/status/new/main?filename=incidents%2F2026-11-21-strom.md&value=${TEXT}`,
      'whole',
    ],
    [
      'Codeberg fills in name and text',
      'https://codeberg.org/nordhost/status',
      `https://codeberg.org/nordhost/status/_new/main/incidents?filename=2026-11-21-strom.md&value=${TEXT}`,
      'whole',
    ],
    [
      'GitLab fills in the name',
      'https://gitlab.com/nordhost/web/status',
      'https://gitlab.com/nordhost/web/status/-/new/main?file_name=incidents%2F2026-11-21-strom.md',
      'name',
    ],
    [
      'Bitbucket is only opened',
      'https://bitbucket.org/a/b/src/main/',
      'https://bitbucket.org/a/b',
      'nothing',
    ],
    [
      'an unknown host is linked as it is',
      'https://git.nordhost.example/x',
      'https://git.nordhost.example/x',
      'nothing',
    ],
  ])('%s', (_, source, url, filled) => {
    expect(newFileUrl(source, FILE)).toEqual({ url, filled, tooLong: false });
  });

  it('carries any text and name back unchanged', () => {
    const text = '# ä 🔥 + % & = ?\r\n"`$(x)`"\n';
    const file = { branch: 'release/2026 ü', path: 'site/incidents/a b#c.md', text };
    for (const source of ['https://github.com/a/b', 'https://codeberg.org/a/b']) {
      const url = new URL(newFileUrl(source, file).url);
      expect(url.searchParams.get('value')).toBe(text);
      expect(`${url.pathname}/${url.searchParams.get('filename')}`).toMatch(/a b#c\.md$/);
      expect(decodeURIComponent(url.pathname)).toContain('/release/2026 ü');
    }
  });

  it('leaves a long text out, and says so', () => {
    const link = newFileUrl('https://github.com/a/b', { ...FILE, text: 'ä'.repeat(1400) });
    expect([link.filled, link.tooLong, link.url.length < 200]).toEqual(['name', true, true]);
    expect(newFileUrl('https://github.com/a/b', { ...FILE, text: 'a'.repeat(7000) }).filled).toBe('whole');
  });
});
