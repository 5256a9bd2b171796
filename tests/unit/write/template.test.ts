import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  filledTemplate,
  kindOfTemplate,
  placeholderNames,
  readTemplate,
} from '../../../src/write/template.ts';
import { context } from '../content/sample.ts';

const FOLDER = resolve(import.meta.dirname, '../../../incidents/_templates');
const TEXT = `---
title: "{{place}}: work"
status: scheduled
scheduled: { from: "{{from}}", to: "{{to}}" }
---

From {{from}} on, {{ what }} is down.

<!-- a word for whoever writes: {{not asked}} -->
`;

it('a template gives its parts, and asks for each placeholder once', () => {
  const template = readTemplate(new TextEncoder().encode(TEXT), context);
  expect(kindOfTemplate(template)).toBe('maintenance');
  expect(placeholderNames(template)).toEqual(['place', 'from', 'to', 'what']);
  expect(filledTemplate(template, { place: 'A "B": $&', from: '1', what: 'mail' })).toMatchObject({
    title: 'A "B": $&: work',
    window: { from: '1', to: '{{to}}' },
    text: 'From 1 on, mail is down.',
  });
});

it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.md')))(
  '%s can be filled in to the last placeholder',
  (name) => {
    const template = readTemplate(readFileSync(join(FOLDER, name)), context);
    const names = placeholderNames(template);
    const filled = filledTemplate(template, Object.fromEntries(names.map((one) => [one, 'x'])));
    expect(JSON.stringify(filled)).not.toContain('{{');
    expect([filled.title, filled.text]).not.toContain('');
    expect(template.status).not.toBe(null);
  },
);
