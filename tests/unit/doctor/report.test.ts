import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/doctor/finding.ts';
import { formatReport } from '../../../src/doctor/report.ts';
import { subjectsOf } from '../../../src/doctor/subject.ts';
import { configured } from './sample.ts';

const { site, hosting } = configured('dependencies: { Site: www.moor.example }\n');
const subjects = subjectsOf(site, hosting);
const how = 'asking 9.9.9.9';

const finding = (severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  code: 'same-domain',
  severity,
  hosts: ['status.moor.example', 'xn--bcher-kva.example'],
  why: 'Both stand on one thing.',
  change: 'Move one of them.',
  ...more,
});

describe('the report', () => {
  test('tells by severity what was found, what it takes down and what to change', () => {
    const long = 'A sentence that goes on and on '.repeat(4).trim();
    const report = formatReport(
      [finding('fatal', { why: long }), finding('hint', { code: 'no-build', hosts: [] })],
      subjects,
      { how, color: false },
    );
    expect(
      report,
    ).toBe(`https://status.moor.example and no mirror, compared with 1 host that is down when you are, asking
9.9.9.9.

Takes the page down

  same-domain  status.moor.example, bücher.example
    A sentence that goes on and on A sentence that goes on and on A sentence that goes on and on A
    sentence that goes on and on
    Change: Move one of them.

Hints

  no-build
    Both stand on one thing.
    Change: Move one of them.

Found: 1 that takes the page down and 1 hint. What each means: docs/deploy/shared-fate.md.
`);
  });

  test('is short where nothing was found', () => {
    expect(formatReport([], subjects, { how, color: false })).toBe(
      'https://status.moor.example and no mirror, compared with 1 host that is down when you are, asking\n9.9.9.9.\n\nNothing was found.\n',
    );
  });

  test('names each host once, and counts targets that no page names apart from mirrors', () => {
    const { site: many, hosting: its } = configured(
      'mirrors: ["https://two.test"]\ndependencies: { Site: www.moor.example, Shop: www.moor.example }\ntargets: [{ folder: /a, url: "https://three.test" }, { folder: /b, url: "https://four.test" }]\n',
    );
    const report = formatReport([finding('hint', { hosts: ['a.test', 'a.test'] })], subjectsOf(many, its), {
      how: 'asking nobody',
      color: false,
    });
    expect(report.replace(/\s+/g, ' ')).toContain(
      'https://status.moor.example, 1 mirror and 2 targets at an address that no page names, compared with 1 host that is down',
    );
    expect(report).toMatch(/same-domain {2}a\.test$/m);
  });

  test('has colours where it may', () => {
    const [fatal, risk] = [finding('fatal'), finding('risk')];
    expect(formatReport([fatal, risk], subjects, { how, color: true })).toContain(
      '\u001b[31msame-domain\u001b[0m',
    );
    expect(formatReport([fatal, risk], subjects, { how, color: false })).not.toContain('\u001b');
  });
});
