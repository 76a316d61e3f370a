/** Binds what the `params` of a driver give to single nodes. */
import { boundedList } from '../errors/name-list.js';
import type { NodeDraft } from '../model/definition.js';
import type { CoreProblem } from '../errors/catalogue.js';
import { createSuggester, didYouMean } from '../errors/suggest.js';
import { requireArgument } from '../errors/option-problems.js';
import { aRecord, aRecordOf } from '../errors/option-rules.js';
import { bindParameters, parameterNames } from '../draft/bind-parameters.js';
import { leadingTo } from '../draft/targets.js';
import type { Part } from './part.js';

/** Values or sources for the parameters of single nodes, by node and parameter. */
export type Params = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Report = (problem: CoreProblem) => void;

/** Binds parameters of single nodes to values, or to other sources. */
export function paramsPart(params: Params): Part {
  requireArgument('params', aRecordOf(aRecord), params);
  return {
    bind(nodes, report) {
      const nodeLike = createSuggester(() => nodes.keys());
      for (const [name, values] of Object.entries(params)) {
        if (nodes.has(name)) bindNode(nodes, name, values, report);
        else {
          const message = `params.${name}: there is no node '${name}'.`;
          report({ code: 'FP_UNKNOWN_PARAM', message, hint: nodeLike(name) });
        }
      }
    },
  };
}

function bindNode(
  nodes: Map<string, NodeDraft>,
  name: string,
  values: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  const node = nodes.get(name)!;
  const ofExport = [...nodes.values()].filter(
    ({ module, exportName }) => module === node.module && exportName === node.exportName,
  );
  // A modifier may have moved the function on: the parameters of a checked `X` are those of `X_raw`.
  const leading = leadingTo(ofExport, name);
  const holders = [node, ...ofExport.filter((other) => leading.has(other.name))];
  for (const [parameter, value] of Object.entries(values)) {
    const holder = holders.find((candidate) => parameterNames(candidate).includes(parameter));
    if (holder === undefined) {
      const known = holders.flatMap(parameterNames);
      report({
        code: 'FP_UNKNOWN_PARAM',
        message: `params.${name}.${parameter}: '${name}' has no parameter '${parameter}'.`,
        hint: didYouMean(parameter, known) ?? `Its parameters are: ${boundedList(known) || 'none'}.`,
        places: node.place ? [node.place] : [],
      });
      continue;
    }
    const current = nodes.get(holder.name)!;
    const bound = bindParameters(current, { [parameter]: value });
    // Only a group puts something between the parameters and the function.
    nodes.set(holder.name, { ...bound, derived: bound.fn === current.fn ? current.derived : true });
  }
}
