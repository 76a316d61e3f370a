/** From a step to the drafted node that it becomes. */
import type { AnyFunction, DraftParameter, NodeDraft } from '../../model/definition.js';
import { deciding } from '../../model/decides.js';
import { readParameters } from '../../model/read-parameters.js';
import { bindParameters } from '../../draft/bind-parameters.js';
import type { StepData } from './step.js';
import { markInner } from '../../draft/targets.js';

/** How a step stands in the graph. */
export interface StepPlace {
  /** The name of its node. */
  readonly name: string;
  /** What its parameters are called in messages, such as `with_round`. */
  readonly label: string;
  /** Where the piped value comes from. */
  readonly edge: Omit<DraftParameter, 'parameter'>;
  /** The parameter of the piped value where users may bind it: that of the node which the step leads to. */
  readonly entry?: string | undefined;
  /** The node that the steps belong to. */
  readonly of: NodeDraft;
}

interface StepDraft extends NodeDraft {
  readonly isStep?: boolean;
}

/** True for nodes made here, whose parameters are those of a step and not of the export. */
export function isStepDraft(node: NodeDraft): boolean {
  return (node as StepDraft).isStep === true;
}

/**
 * Its parameters have names that no function's parameters have, such as `by of with_scale`, so that a later
 * `inject` of `by` means the node and not its steps.
 */
export function draftStep(step: StepData, { name, label, edge, entry, of }: StepPlace): NodeDraft {
  const { fn, keys, values, takesContext, hasDefault } = callOf(step);
  const [first, ...rest] = keys.map((key) => `${key} of ${label}`);
  const node: StepDraft = {
    name,
    exportName: of.exportName,
    kind: 'function',
    fn,
    style: 'positional',
    parameters: [
      { ...edge, parameter: entry ?? first!, optional: edge.optional && hasDefault, type: undefined },
      ...rest.map((parameter) => ({ parameter, node: parameter, optional: false })),
    ],
    bound: {},
    takesContext,
    tags: {},
    module: of.module,
    place: of.place,
    derived: true,
    isStep: true,
  };
  const bindings = Object.fromEntries(rest.map((parameter, index) => [parameter, values[index]]));
  return markInner(bindParameters(node, bindings));
}

/** A step as a function of values in order. */
interface StepCall {
  readonly fn: AnyFunction;
  /** The parameter of the piped value, and those after it. */
  readonly keys: readonly string[];
  /** What those after it take. */
  readonly values: readonly unknown[];
  readonly takesContext: boolean;
  /** Whether the parameter of the piped value has a default. */
  readonly hasDefault: boolean;
}

function callOf(step: StepData): StepCall {
  return step.into === undefined ? callInOrder(step) : callByName(step, step.into);
}

function callByName({ fn }: StepData, { key, bindings }: NonNullable<StepData['into']>): StepCall {
  const keys = [key, ...Object.keys(bindings)];
  const read = readParameters(fn);
  const call = fn as (inputs: object, ...context: readonly unknown[]) => unknown;
  const inOrder = (...values: readonly unknown[]) =>
    call(Object.fromEntries(keys.map((own, index) => [own, values[index]])), ...values.slice(keys.length));
  return {
    fn: deciding(inOrder, { given: { keys }, calls: fn }),
    keys,
    values: Object.values(bindings),
    takesContext: read?.takesContext ?? fn.length > 1,
    hasDefault: read?.parameters.some(({ name, optional }) => name === key && optional) === true,
  };
}

/** Names are for messages only: those that cannot be read are counted. */
function callInOrder({ fn, args }: StepData): StepCall {
  const read = readParameters(fn);
  const own = read?.style === 'positional' ? read : undefined;
  const mayTakeContext = own === undefined ? args.length === 0 : args.length < own.parameters.length;
  const takesContext = mayTakeContext && read?.takesContext === true;
  // Before the context every parameter has its place: undefined is how JavaScript asks for a default.
  const count = takesContext && own !== undefined ? own.parameters.length : args.length + 1;
  const keyAt = (index: number) =>
    own?.parameters[index]?.name ?? (index === 0 ? 'value' : `argument ${index + 1}`);
  return {
    fn,
    keys: Array.from({ length: count }, (_, index) => keyAt(index)),
    values: args,
    takesContext,
    hasDefault: own?.parameters[0]?.optional === true,
  };
}
