import { describe, expect, it } from 'vitest';
import { contactText } from '../../../src/components/contact-text.ts';

describe('what a contact says', () => {
  it.each([
    ['Hotline', 'tel:+4935100000', 'Hotline\u00a0+4935100000'],
    ['Hotline 0351 100 000', 'tel:+4935100000', 'Hotline\u00a00351\u00a0100\u00a0000'],
    ['Hotline 24/7', 'tel:+4935100000', 'Hotline\u00a024/7\u00a0+4935100000'],
    ['Mail', 'mailto:help%40desk@nordhost.example?subject=x', 'Mail\u00a0help@desk@nordhost.example'],
    ['help@nordhost.example', 'mailto:help@nordhost.example', 'help@nordhost.example'],
    ['Mastodon', 'https://social.example/@nordhost', 'Mastodon'],
    ['Mail', 'mailto:100%@nordhost.example', 'Mail\u00a0100%@nordhost.example'],
  ])('%s %s', (label, url, text) => {
    expect(contactText(label, url)).toBe(text);
  });

  it('keeps the plus of a number in front where text runs from right to left', () => {
    expect(contactText('الهاتف', 'tel:+4935100000', 'rtl')).toBe('الهاتف\u00a0\u2066+4935100000\u2069');
  });
});
