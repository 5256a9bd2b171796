import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Try } from '../../../src/deploy/publish.ts';
import { parseListing, rsyncStore } from '../../../src/deploy/rsync-store.ts';
import type { ToolCall, ToolEnd } from '../../../src/deploy/tool.ts';
import { toolsThat } from './given.ts';
import { buildOf, fileOf } from './memory-store.ts';

const LISTING = `drwxr-xr-x          4,096 2026/11/21 18:40:00 .
-rw-r--r--          1,234 2026/11/21 18:40:00 index.html
drwxr-xr-x           4096 2026/11/21 18:40:00 incidents
-rw-r--r--             12 2026/11/21 18:40:00 incidents/with  two blanks.html
lrwxrwxrwx             11 2026/11/21 18:40:00 latest.html -> index.html
-rw-r--r--            300 2026/11/21 18:40:00 .dran/deployed.json
`;

function attempt(): Try {
  return {
    build: { ...buildOf({ 'index.html': 'x', 'incidents/a.html': 'a' }), folder: '/dist' },
    dryRun: false,
    signal: new AbortController().signal,
    run: 'abc123',
    tell: () => {},
  };
}

/** A store whose every run of rsync is noted and answered. */
async function storeThat(answer: (call: ToolCall) => Partial<ToolEnd>, env: Record<string, string> = {}) {
  const calls: ToolCall[] = [];
  const tools = toolsThat((call) => {
    calls.push(call);
    return answer(call);
  });
  const store = await rsyncStore('deploy@web2.example:/srv/status/', {
    ...tools,
    env: { ...tools.env, ...env },
  })(attempt());
  return { store, calls };
}

/** As rsync answers where nothing was published before. */
function noRecord(args: readonly string[]): Partial<ToolEnd> {
  return args.some((one) => one.endsWith('/.dran/deployed.json'))
    ? {
        code: 23,
        stderr: 'rsync: link_stat "/srv/status/.dran/deployed.json" failed: No such file or directory (2)',
      }
    : {};
}

describe('a listing of rsync', () => {
  it('is read with sizes, odd names and links', () => {
    expect(parseListing(LISTING)).toEqual([
      { path: 'index.html', size: 1234, isFile: true },
      { path: 'incidents', size: -1, isFile: false },
      { path: 'incidents/with  two blanks.html', size: 12, isFile: true },
      { path: 'latest.html', size: -1, isFile: true },
      { path: '.dran/deployed.json', size: 300, isFile: true },
    ]);
  });
});

describe('a place that rsync reaches', () => {
  it('tells what it holds, and what Dran remembers of it', async () => {
    const { store } = await storeThat(({ args }) => {
      if (args.includes('--list-only')) return { stdout: LISTING };
      writeFileSync(args.at(-1)!, 'the record');
      return {};
    });
    const { files, record } = await store.look();
    expect([...files]).toEqual([
      ['index.html', { size: 1234 }],
      ['incidents/with  two blanks.html', { size: 12 }],
      ['latest.html', { size: -1 }],
    ]);
    expect(record).toBe('the record');
    await store.close();
  });

  it("may hold somebody else's folder that nobody may look into, but none of its own", async () => {
    const listing = `${LISTING}drwx------ 4096 2026/11/21 18:40:00 lost+found\n`;
    const blindFor = (name: string) =>
      storeThat(({ args }) =>
        args.includes('--list-only')
          ? {
              code: 23,
              stdout: listing,
              stderr: `rsync: [sender] opendir "/srv/status/${name}" failed: Permission denied (13)\nrsync error: some files could not be transferred (code 23)\n`,
            }
          : noRecord(args),
      );
    const { store } = await blindFor('lost+found');
    expect((await store.look()).files.has('index.html')).toBe(true);
    await expect((await blindFor('incidents')).store.look()).rejects.toThrow('Permission denied');
  });

  it('holds nothing where it is not there yet, but a refusal is no such answer', async () => {
    const missing = 'rsync: change_dir "/srv/status" failed: No such file or directory (2)';
    const { store } = await storeThat(() => ({ code: 23, stderr: missing }));
    expect(await store.look()).toEqual({ files: new Map(), record: null });
    const refused = await storeThat(() => ({
      code: 255,
      stderr: 'deploy@web2: Permission denied (publickey).',
    }));
    await expect(refused.store.look()).rejects.toThrow('The host refused the credentials.');
  });

  it('gets each wave in one run, under temporary names, with paths that are never flags', async () => {
    const { store, calls } = await storeThat(() => ({}));
    await store.send([fileOf('-odd.html', 'x'), fileOf('incidents/a b.html', 'y')], () => {});
    expect(calls).toHaveLength(1);
    const { command, args, input } = calls[0]!;
    expect(command).toBe('rsync');
    expect(args).toContain('--temp-dir=.dran/half-abc123');
    expect(args).toContain('--files-from=-');
    expect(args.slice(-3)).toEqual(['--', '/dist/', 'deploy@web2.example:/srv/status/']);
    expect(input).toBe('-odd.html\nincidents/a b.html\n');
  });

  it('is never asked a question by ssh, unless somebody has set how to reach it', async () => {
    const usual = await storeThat(() => ({}));
    await usual.store.send([fileOf('a', 'x')], () => {});
    expect(usual.calls[0]!.args.join(' ')).toContain('BatchMode=yes');
    const own = await storeThat(() => ({}), { RSYNC_RSH: 'ssh -p 2222' });
    await own.store.send([fileOf('a', 'x')], () => {});
    expect(own.calls[0]!.args.join(' ')).not.toContain('BatchMode');
  });

  it('loses only the files that are named, and folders that are empty then, the deepest first', async () => {
    const listing = ['a/b/one.html', 'a/two.html', 'c/three.html', 'c/theirs.txt'].map(
      (path) => `-rw-r--r-- 1 2026/11/21 18:40:00 ${path}\n`,
    );
    const { store, calls } = await storeThat(({ args }) =>
      args.includes('--list-only') ? { stdout: listing.join('') } : noRecord(args),
    );
    await store.look();
    await store.remove(['a/b/one.html', 'a/two.html', 'c/three.html']);
    const removals = calls.filter(({ args }) => args.includes('--delete-missing-args'));
    expect(removals.map(({ input }) => input)).toEqual([
      'a/b/one.html\na/two.html\nc/three.html\n',
      'a/b\n',
      'a\n',
    ]);
    expect(removals.every(({ args }) => !args.includes('--delete'))).toBe(true);
  });

  it('is tidied of what killed runs left, and of nothing else', async () => {
    const left = `${LISTING}drwx------ 4096 2026/11/21 18:40:00 .dran/half-dead\n`;
    const { store, calls } = await storeThat(({ args }) =>
      args.includes('--list-only') ? { stdout: left } : noRecord(args),
    );
    await store.look();
    await store.tidy();
    const { args } = calls.at(-1)!;
    expect(args).toEqual(expect.arrayContaining(['--delete', '--include=/half-dead', '--exclude=*']));
    expect(args.at(-1)).toBe('deploy@web2.example:/srv/status/.dran/');
  });

  it('says that rsync is missing here', async () => {
    const { store } = await storeThat(() => ({ code: 127, stderr: 'rsync: 2: rsync: not found' }));
    await expect(store.look()).rejects.toThrow('rsync is not installed here');
  });
});
