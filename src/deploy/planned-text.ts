import type { Outcome } from './deploy.ts';
import { bytesInWords } from './outcome-table.ts';
import { isEmpty, type Plan, sizeOf } from './plan.ts';

/**
 * What a deployment would do at each target, in the order in which it would. Ends in a line break. `redact` blacks out
 * secrets.
 */
export function plannedText(outcomes: readonly Outcome[], redact: (text: string) => string): string {
  return outcomes
    .map(({ target, published, fault }) => {
      if (fault !== null)
        return `${target.name}: ${[fault.message, fault.advice].filter(Boolean).join('\n  ')}\n`;
      if (published === null || published.plan === null)
        return `${target.name}: would run ${redact(target.to)}\n`;
      return planText(target.name, published.plan);
    })
    .join('\n');
}

function planText(name: string, plan: Plan): string {
  if (isEmpty(plan)) return `${name}: has everything already\n`;
  const { files, bytes } = sizeOf(plan);
  const stays =
    plan.left.length === 0 ? '' : `; ${plan.left.length} no longer needed, until the next deployment`;
  const lines = [
    `${name}: would send ${files} of ${files + plan.same} files, ${bytesInWords(bytes)}${stays}`,
    ...plan.clear.map((path) => `  - ${path}`),
    ...plan.waves.flatMap(({ phase, files: some }) =>
      some.map(({ path }) => `  ${phase === 'new' ? '+' : '~'} ${path}`),
    ),
    ...plan.stale.map((path) => `  - ${path}`),
  ];
  return `${lines.join('\n')}\n`;
}
