import { tmpdir } from 'node:os';
import type { Outcome } from '../../../src/deploy/deploy.ts';
import type { ToolCall, ToolEnd } from '../../../src/deploy/tool.ts';
import type { Tools } from '../../../src/deploy/tools.ts';
import type { Target } from '../../../src/domain/hosting.ts';

/** A target with what a test does not name at its default. */
export function target(more: Partial<Target> = {}): Target {
  const usual = { name: 'disk', kind: 'folder', to: '/srv/status', branch: 'pages' } as const;
  return { ...usual, url: 'https://status.nordhost.example', timeLimit: 60_000, tries: 1, ...more };
}

/** An outcome of a deployment that went well. */
export function outcome(more: Partial<Outcome> = {}): Outcome {
  const published = { sent: { files: 3, bytes: 4500 }, removed: 0, replacing: 'whole', plan: null } as const;
  return { target: target(), published, verified: true, seconds: 1.23, fault: null, ...more };
}

/** Tools whose every run is answered by \`answer\`. */
export function toolsThat(answer: (call: ToolCall) => Partial<ToolEnd> | Promise<Partial<ToolEnd>>): Tools {
  return {
    run: async (call) => ({ code: 0, stdout: '', stderr: '', ...(await answer(call)) }),
    cwd: '/site',
    env: { PATH: '/usr/bin' },
    redact: (text) => text,
    cache: '/nowhere',
    scratch: tmpdir(),
    site: { name: 'Nordhost', url: 'https://status.nordhost.example' },
  };
}
