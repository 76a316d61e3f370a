import { boundedList, nameList } from '../errors/name-list.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import { downstreamOf } from '../inspect/reach.js';
import type { RequestFault } from '../plan/request-fault.js';
import type { Explanations, Near } from './explanation.js';

export const requestExplanations: Explanations<RequestFault> = {
  FP_UNKNOWN_OUTPUT: ({ name, about: { validated } }, near) => ({
    message: `There is no node '${name}' to output.`,
    hint: leftOutHint(validated, name) ?? nodeHint(validated, name, near),
  }),
  FP_UNKNOWN_OVERRIDE: ({ name, about: { validated } }, near) => ({
    message: `There is no node '${name}' to override.`,
    hint: nodeHint(validated, name, near),
  }),
  FP_UNKNOWN_INPUT({ name, with: [node], about }, near) {
    const { inputs } = about.validated.graph;
    if (node === undefined) {
      return {
        message: `No node takes the input '${name}'.`,
        hint: nearOrAll(near, name, 'Inputs', () => inputs),
      };
    }
    return {
      message: `'${name}' is computed by a node, so it cannot be an input.`,
      hint: `To replace the node by a value, give it in overrides.`,
    };
  },
  FP_INPUT_IN_CONFIG: ({ name }) => ({
    message: `'${name}' is given both as an input and by the configuration.`,
    hint: 'Give it in one place: configuration is for the graph, inputs are for a run.',
  }),
  FP_MISSING_INPUT({ name, with: users, about: { validated, request } }, near) {
    const userNames = users.map((user) => user.name);
    const names = nameList(userNames);
    // What needs the value cannot be where it comes from, nor what is taken for another parameter.
    const { graph } = validated;
    const taken = userNames.flatMap((user) => graph.nodes.get(user)!.dependencies.map(({ node }) => node));
    const others = [...downstreamOf(graph, ...userNames), ...taken];
    return {
      message: `The input '${name}' was not given${names === '' ? '' : `; needed by ${names}`}.`,
      hint:
        leftOutHint(validated, name) ??
        near(name, 'values', () => [...graph.nodes.keys(), ...request.inputs], others) ??
        'Give it in inputs, or define a node of that name.',
    };
  },
};

function leftOutHint({ leftOut }: ValidatedGraph, name: string): string | undefined {
  const conditions = leftOut.get(name);
  if (conditions === undefined) return undefined;
  return `Variants of '${name}' exist, but the configuration fits none of them: ${boundedList(conditions)}.`;
}

function nodeHint({ graph }: ValidatedGraph, name: string, near: Near): string {
  return nearOrAll(near, name, 'Nodes', () => graph.nodes.keys());
}

function nearOrAll(near: Near, name: string, title: string, known: () => Iterable<string>): string {
  return near(name, title, known) ?? `${title}: ${boundedList(known()) || 'none'}.`;
}
