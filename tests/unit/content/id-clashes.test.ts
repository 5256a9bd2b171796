import { describe, expect, it } from 'vitest';
import { formatFault } from '../../../src/content/fault-report.ts';
import { idClashFaults } from '../../../src/content/id-clashes.ts';

describe('two things with one id for machines', () => {
  const clash = { path: 'b.md', wanted: 'aaaaaaaaaaaa', given: 'bbbbbbbbbbbb' };

  it('are an error at the second file, with what to do', () => {
    const [fault] = idClashFaults([{ ...clash, what: { incident: 'b', update: null } }]);
    expect(fault).toMatchObject({ file: 'incidents/b.md', level: 'error', code: 'public-id-taken' });
    expect(formatFault(fault!, { color: false })).toMatch(/"aaaaaaaaaaaa".*Rename it\./s);
  });

  it('name the update or the component that it is', () => {
    const [update, component] = idClashFaults([
      { ...clash, what: { incident: 'b', update: '20261121T1700Z' } },
      { ...clash, path: null, what: { component: 'mail' } },
    ]);
    expect(update!.message).toMatch(/^The update "20261121T1700Z" .*\{#…\}/);
    expect(component).toMatchObject({ file: 'status.config.yml' });
    expect(component!.message).toMatch(/^The component "mail" /);
  });
});
