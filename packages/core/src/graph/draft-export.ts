/** From one export of a module to the node that it is before any modifier. */
import { shapeOf } from '../errors/shape-of.js';
import {
  type AnyFunction,
  type DefinitionData,
  type DraftParameter,
  definitionKey,
  isDefinition,
  type NodeDraft,
} from '../model/definition.js';
import { readExplicit, readParameters } from '../model/read-parameters.js';
import { whyUnreadable } from '../model/why-unreadable.js';
import type { CoreProblem } from '../errors/catalogue.js';
import type { DefinedModule, NodeSource } from '../model/define-module.js';

interface ExportedFunction {
  readonly value: AnyFunction;
  /** Its source text. */
  readonly text: string;
}

interface DraftedExport {
  readonly node: NodeDraft;
  readonly data: DefinitionData;
  readonly fromText: boolean;
}

/** Undefined where there is no node: `exclude`, or a problem, which is reported. */
export function draftExport(
  module: DefinedModule,
  exportName: string,
  { value, text }: ExportedFunction,
  report: (problem: CoreProblem) => void,
): DraftedExport | undefined {
  const data: DefinitionData = isDefinition(value)
    ? value[definitionKey]
    : { fn: value, kind: 'function', steps: noSteps };
  // Before its inputs are read: those of a helper need not be edges.
  if (data.steps.some(({ excludes }) => excludes === true)) return undefined;
  const facts = module.nodes ?? nothing;
  const source = Object.hasOwn(facts, exportName) ? facts[exportName] : undefined;
  const place = placeOf(module, source);
  const fault = faultOf(data);
  if (fault !== undefined) {
    report({
      code: 'FP_BAD_NODE',
      message: `'${exportName}' in ${module.name} is made by node(...) ${fault}.`,
      hint: 'Write node(fn, ...modifiers) or node({ inputs: [...] }, fn, ...modifiers).',
      places: place ? [place] : [],
    });
    return undefined;
  }
  const inputs = readInputs(data, source, data.fn === value ? text : undefined);
  if (inputs.reason !== undefined) {
    report({
      code: 'FP_BAD_PARAMETERS',
      message: `The inputs of '${exportName}' in ${module.name} cannot be read: ${inputs.reason}.`,
      hint: `Destructure them, as in ({ a, b }) => …, or name them: node({ inputs: ['a', 'b'] }, ${exportName}).`,
      places: place ? [place] : [],
    });
    return undefined;
  }
  const node: NodeDraft = {
    name: exportName,
    exportName,
    kind: data.kind,
    fn: data.fn,
    style: inputs.style,
    parameters: inputs.parameters,
    bound: nothing,
    takesContext: inputs.takesContext,
    tags: nothing,
    module: module.name,
    place,
    doc: data.doc ?? source?.doc,
    type: source?.returnType,
    origin: data,
    codeVersion: module.codeVersion,
  };
  return { node, data, fromText: inputs.fromText };
}

/** What types refuse in a call of `node`. */
function faultOf({ fn, inputs }: DefinitionData): string | undefined {
  if (typeof fn !== 'function') return 'without a function';
  if (inputs === undefined) return undefined;
  const list: unknown = inputs;
  const isList = Array.isArray(list) && list.every((name) => typeof name === 'string' && name !== '');
  return isList ? undefined : `whose inputs are not a list of names, but ${shapeOf(list)}`;
}

interface NodeInputs {
  readonly style: 'object' | 'positional';
  readonly parameters: readonly DraftParameter[];
  readonly takesContext: boolean;
  readonly fromText: boolean;
  readonly reason?: string;
}

/** Explicit names win; then the names in the source; then those in the function's own text. */
function readInputs(
  data: DefinitionData,
  source: NodeSource | undefined,
  text: string | undefined,
): NodeInputs {
  if (data.inputs !== undefined) {
    const { optional, takesContext } = readExplicit(data.fn, data.inputs.length);
    const parameters = data.inputs.map((name, index) => ({
      parameter: name,
      node: name,
      optional: optional[index] === true || source?.parameters[index]?.optional === true,
      type: source?.parameters[index]?.type,
    }));
    return { style: 'positional', parameters, takesContext, fromText: false };
  }
  if (source !== undefined) {
    const parameters = source.parameters.map(({ name, optional, type }) => ({
      parameter: name,
      node: name,
      optional,
      type,
    }));
    return { style: source.style, parameters, takesContext: source.takesContext, fromText: false };
  }
  const read = readParameters(data.fn, text);
  if (read === undefined) {
    const reason = whyUnreadable(data.fn);
    return { style: 'positional', parameters: [], takesContext: false, fromText: false, reason };
  }
  const parameters = read.parameters.map(({ name, optional }) => ({ parameter: name, node: name, optional }));
  return {
    style: read.style,
    parameters,
    takesContext: read.takesContext,
    fromText: read.style === 'positional',
  };
}

function placeOf(module: DefinedModule, source: NodeSource | undefined) {
  const file = source?.file ?? module.file;
  if (file === undefined) return undefined;
  return source === undefined ? { file } : { file, line: source.line, column: source.column };
}

const nothing: Readonly<Record<string, never>> = /* @__PURE__ */ Object.freeze({});
const noSteps: readonly never[] = /* @__PURE__ */ Object.freeze([]);
