/** Options of loaders and savers as parameters of their nodes, so that they may come from other nodes. */
import type { ModifierContext, NodeDraft } from '../model/definition.js';
import { bindParameters } from '../draft/bind-parameters.js';
import { isGroup } from '../draft/group.js';
import { isSource } from '../draft/source.js';
import { isValue } from '../draft/value.js';
import type { DataLoader, DataSaver } from './contract.js';

type Inputs = Readonly<Record<string, unknown>>;

/** Adds the options to a drafted node. A dot keeps them apart from the parameters of functions. */
export function withOptions(node: NodeDraft, materializer: DataLoader | DataSaver): NodeDraft {
  const { type, options, pathOption } = materializer;
  const bindings = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [`${type}.${name}`, option]),
  );
  const added = Object.keys(bindings).map((name) => ({ parameter: name, node: name, optional: false }));
  const pathParameter = pathOption === undefined ? undefined : `${type}.${pathOption}`;
  return bindParameters({ ...node, pathParameter, parameters: [...node.parameters, ...added] }, bindings);
}

/** The options among what the node receives, under their own names. */
export function optionsAmong(inputs: Inputs, { type }: DataLoader | DataSaver): Inputs {
  const prefix = `${type}.`;
  const entries = Object.entries(inputs).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(entries.map(([name, option]) => [name.slice(prefix.length), option]));
}

/** Reports what is wrong with the options, at the place of the export. */
export function reportOptions(
  node: NodeDraft,
  step: string,
  materializer: DataLoader | DataSaver,
  context: ModifierContext,
): void {
  const known: [string, unknown][] = [];
  const later: string[] = [];
  for (const [name, option] of Object.entries(materializer.options)) {
    if (isValue(option)) known.push([name, option.value]);
    else if (isSource(option) || isGroup(option)) later.push(name);
    else known.push([name, option]);
  }
  for (const problem of materializer.check?.(Object.fromEntries(known), later, context.resources) ?? []) {
    const message = `${step} of '${node.exportName}' in ${node.module}: ${problem.message}`;
    context.report({ ...problem, message, places: problem.places ?? (node.place ? [node.place] : []) });
  }
}
