import { messageOf } from '../errors/message-of.js';
import { boundedList, maxNames } from '../errors/name-list.js';
import { shapeOf } from '../errors/shape-of.js';
import { didYouMean } from '../errors/suggest.js';
import { isOfOneKind } from '../graph/draft-graph.js';
import type { GraphFault } from '../graph/graph-fault.js';
import type { DefinitionData, NodeDraft } from '../model/definition.js';
import { whyUnreadable } from '../model/why-unreadable.js';
import type { Explanations } from './explanation.js';

export const graphExplanations: Explanations<GraphFault> = {
  FP_BAD_NODE({ name, with: [module], about }) {
    if ('thrown' in about) {
      return {
        message: `The export '${name}' of ${module!.name} cannot be read: ${messageOf(about.thrown)}`,
      };
    }
    if ('definition' in about) {
      return {
        message: `'${name}' in ${module!.name} is made by node(...) ${lackOf(about.definition)}.`,
        hint: 'Write node(fn, ...modifiers) or node({ inputs: [...] }, fn, ...modifiers).',
      };
    }
    return {
      message: `'${name}' (export '${about.misnamed.exportName}' of ${module!.name}) is not a valid node name.`,
      hint: 'A node name is an identifier, or several joined by dots.',
    };
  },
  FP_BAD_PARAMETERS: ({ name, with: [module], about }) => ({
    message: `The inputs of '${name}' in ${module!.name} cannot be read: ${whyUnreadable(about.fn)}.`,
    hint: `Destructure them, as in ({ a, b }) => …, or name them: node({ inputs: ['a', 'b'] }, ${name}).`,
  }),
  FP_DUPLICATE_NODE({ name, about: [existing, node] }) {
    const both = [existing, node].map(({ module, exportName }) => `'${exportName}' of ${module}`);
    return {
      message: `The node '${name}' is defined twice: by ${both.join(' and ')}.`,
      hint: duplicateHint(node, existing),
    };
  },
  FP_CYCLE: ({ name, with: members }) => ({
    message:
      members.length === 1
        ? `The node '${name}' needs itself.`
        : `These nodes need each other in a circle: ${circle(members.map((member) => member.name))}.`,
    hint: 'Rename a parameter, or split a node.',
  }),
  FP_UNKNOWN_CONFIG_KEY: ({ name, about: { used, index } }, near) => ({
    message: `The config key '${name}' is used by no node and no when… modifier.`,
    hint: near(name, 'keys', () => [...used, ...index.keys()]) ?? 'Remove it, or give the value as an input.',
  }),
  FP_UNKNOWN_NODE_EXECUTOR: ({ name, with: [node], about }) => ({
    message: `'${node!.name}' runs on '${name}', but the driver has no executor of that name.`,
    hint: didYouMean(name, about) ?? `Executors: ${boundedList(about)}.`,
  }),
};

function lackOf({ fn, inputs }: DefinitionData): string {
  return typeof fn === 'function'
    ? `whose inputs are not a list of names, but ${shapeOf(inputs)}`
    : 'without a function';
}

function duplicateHint(node: NodeDraft, existing: NodeDraft): string {
  if (existing.module === node.module) {
    return 'Rename one, or give the two variants conditions that never hold together.';
  }
  return isOfOneKind(existing, node)
    ? 'Rename one, or set allowModuleOverrides (in YAML: run.allowModuleOverrides) so that the later module wins.'
    : `Rename one: a ${node.kind} never replaces a ${existing.kind}.`;
}

/** A circle of thousands is cut: who wants to break it looks at two neighbours. */
function circle(names: readonly string[]): string {
  const left = names.length - maxNames;
  const shown = left > 0 ? [...names.slice(0, maxNames), `${left.toLocaleString('en')} more`] : names;
  return [...shown, names[0]].join(' needs ');
}
