/** What a run that ended badly leaves: what its unfinished nodes would have read, its outputs, and what it was given. */
import type { ValueToKeep } from '../../store/value-files.js';
import type { ActiveRun } from '../attempts/active-run.js';

/** @param outputs - the requested ones that there are. */
export function valuesToKeep(run: ActiveRun, outputs: Readonly<Record<string, unknown>>): ValueToKeep[] {
  const { prepared, recorder } = run;
  const { graph } = prepared.built;
  const { overrides, given, givenInputs, planned } = prepared;
  const { settings } = prepared.built.definition;
  const kept = recorder.kept();
  const found = new Map<string, unknown>(
    Object.entries(outputs).filter(([name]) => !Object.hasOwn(given, name)),
  );
  const valueOf = (name: string) =>
    recorder.live(name) ??
    (Object.hasOwn(overrides, name) ? { value: overrides[name] } : undefined) ??
    (Object.hasOwn(kept, name) ? { value: kept[name] } : undefined);
  const isUnfinished = (name: string) =>
    !['success', 'not-chosen'].includes(recorder.stateOf(name)?.status ?? '');
  const open = planned.filter(isUnfinished);
  const seen = new Set(open);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { node } of graph.nodes.get(name)!.dependencies) {
      if (seen.has(node) || found.has(node) || Object.hasOwn(given, node)) continue;
      seen.add(node);
      const value = valueOf(node);
      if (value !== undefined) found.set(node, value.value);
      // It runs again with whatever reads it, as inside of a fan-out, and so needs what it was made of.
      else open.push(node);
    }
  }
  const as = (role: ValueToKeep['role'], values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).map(([name, value]): ValueToKeep => ({ role, name, value }));
  return [
    ...as('node', Object.fromEntries(found)),
    ...as('input', givenInputs),
    ...as('override', given),
    ...(settings === undefined ? [] : as('request', { settings })),
  ];
}
