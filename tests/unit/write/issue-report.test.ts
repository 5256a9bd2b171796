import { describe, expect, it } from 'vitest';
import { readContext } from '../../../src/content/read-context.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import { readIssue } from '../../../src/write/issue-report.ts';
import { newIncident } from '../../../src/write/new-incident.ts';

const NOW = Date.parse('2026-11-21T17:31:40Z');
const { site } = readSiteConfig(
  new TextEncoder().encode(
    'name: Nord\nurl: https://status.nord.example\ntimezone: Europe/Berlin\nlanguage: en\nlanguages: [en, de]\ncomponents: [{id: web, name: Web hosting}, mail]\nauthors: { tb: Tanja B. }\n',
  ),
);
const context = readContext(site, NOW);

function body(
  fields: Partial<Record<'impact' | 'components' | 'next' | 'by' | 'text', string>> = {},
): string {
  const all = {
    impact: 'major',
    components: 'web, Mail',
    next: '30m',
    by: 'tb',
    text: "We're on it.",
    ...fields,
  };
  const labels = [
    'How bad is it?',
    'Which services?',
    'When will you speak next?',
    'Who signs?',
    'What do you want to say?',
  ];
  return Object.values(all)
    .map((field, index) => `### ${labels[index]}\n\n${field === '' ? '_No response_' : field}`)
    .join('\n\n');
}

const read = (text: string, title = 'No power in Dresden') =>
  readIssue({ title, body: text, createdAt: NOW }, context);

describe('an issue made with the form', () => {
  it('becomes the incident that it reports', () => {
    const report = read(body().replaceAll('\n', '\r\n'));
    expect(report).toMatchObject({
      notes: [],
      incident: {
        title: 'No power in Dresden',
        status: 'investigating',
        impact: 'major',
        components: ['web', 'mail'],
        authors: ['tb'],
        next: { span: 1_800_000 },
        text: "We're on it.",
        at: { at: Date.parse('2026-11-21T17:31:00Z'), precision: 'minute' },
      },
    });
  });

  it('needs no more than impact and text', () => {
    const report = read(body({ components: '', next: '', by: '' }));
    expect(report?.incident).toMatchObject({ components: [], next: null, authors: [] });
  });

  it('may be in a language of the site', () => {
    const german = body({ impact: 'kritisch' }).replace('How bad is it?', 'Wie schlimm ist es?');
    expect(read(german)?.incident.impact).toBe('critical');
  });

  it('keeps a component that nobody knows, so that the page does not stay green', () => {
    expect(read(body({ components: 'web, webshop' }))?.incident.components).toEqual(['web', 'webshop']);
  });

  it('goes out though promise and signature mean nothing, and says so', () => {
    const report = read(body({ next: 'soon', by: 'a b!' }));
    expect(report?.incident).toMatchObject({ next: null, authors: [] });
    expect(report?.notes).toHaveLength(2);
    expect(report?.notes[1]).toContain('"soon" can\'t be read as a time');
  });

  it('has in its text whatever somebody typed, headings and what looks like other fields too', () => {
    const text =
      'One.\n\n### How bad is it?\n\nnone\n\n---\ntitle: x\n---\n## 2026-01-01 10:00 resolved\n\n::set-output name=x::y `$(id)`';
    const report = read(body({ text }));
    expect(report?.incident).toMatchObject({ impact: 'major', text });
    const made = newIncident(report!.incident, [], context);
    expect(made.ok && made.reading.incident).toMatchObject({
      status: 'investigating',
      title: 'No power in Dresden',
    });
    expect(made.ok && made.reading.incident.updates).toHaveLength(1);
  });

  it('has a title of one line, whatever is in it', () => {
    const made = newIncident(read(body(), 'a"\nstatus: resolved\n#')!.incident, [], context);
    expect(made.ok && made.reading.incident).toMatchObject({
      title: 'a" status: resolved #',
      status: 'investigating',
    });
  });
});

describe('an issue that was not made with the form is left alone', () => {
  it.each([
    ['no heading', 'The printer is broken.'],
    ['an empty text', ''],
    ['text above the first heading', `Hello\n\n${body()}`],
    ['too few headings', body().split('### Who')[0]!],
    ['an impact that is none', body({ impact: 'very bad' })],
    ['several lines where one is asked for', body({ components: 'web\n\nmail' })],
  ])('%s', (_, text) => {
    expect(read(text)).toBeNull();
  });
});
