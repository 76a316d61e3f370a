/** What a run would do, for people: one line for each node, then what is written, then the sum. */
import type { PipelinePlan, PlannedNode, PlannedSave } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { byteSize } from './byte-size.js';
import { age } from './age.js';
import { duration } from './duration.js';

type Look = Pick<Terminal, 'paint'>;

const colors = { run: 'cyan', cached: 'green', unknown: 'yellow', skip: 'dim' } as const;

export function renderPlan(plan: PipelinePlan, { paint }: Look, nowMs: number): string[] {
  // A loader and the value that it hands on are one node to a person.
  const nodes = plan.nodes.filter(({ loaded }) => loaded !== 'pair');
  const width = Math.min(32, Math.max(0, ...nodes.map(({ node }) => node.length)));
  const lines = nodes.map((each) => {
    const { node, action, because, expectedMs } = each;
    const time = expectedMs === undefined ? '' : `, about ${duration(expectedMs)}`;
    const name = node.padEnd(width);
    return `  ${paint(colors[action], action.padEnd(7))}  ${action === 'skip' ? paint('dim', name) : name}  ${paint('dim', `${because}${time}`)}`;
  });
  const saves = plan.saves.map(
    (save) => `  ${paint('cyan', '→')} ${save.path ?? save.node}  ${paint('dim', fateOf(save, nowMs))}`,
  );
  return [
    paint('bold', plan.pipeline),
    ...lines,
    ...(saves.length > 0 ? ['', 'Writes', ...saves] : []),
    '',
    sumOf(nodes, plan.expectedMs),
  ];
}

function fateOf({ path, exists, sizeBytes, writtenAt }: PlannedSave, nowMs: number): string {
  if (path === undefined) return 'where is known when it runs';
  if (exists === undefined) return 'nobody can tell whether something is there';
  if (!exists) return 'new';
  const facts = [
    ...(sizeBytes === undefined ? [] : [byteSize(sizeBytes)]),
    ...(writtenAt === undefined ? [] : [age(nowMs - Date.parse(writtenAt))]),
  ];
  return `replaces what is there${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
}

function sumOf(nodes: readonly PlannedNode[], expectedMs: number | undefined): string {
  const count = (action: PlannedNode['action']) => nodes.filter((node) => node.action === action).length;
  const parts = [
    [count('run'), 'to run'],
    [count('cached'), 'from the cache'],
    [count('unknown'), 'unknown until others have run'],
    [count('skip'), 'skipped'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const time = expectedMs === undefined ? '' : `; about ${duration(expectedMs)} if all of them run`;
  return `${said.join(', ') || 'Nothing to do'}${time}`;
}
