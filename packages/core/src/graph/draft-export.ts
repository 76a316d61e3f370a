/** From one export of a module to the node that it is before any modifier. */
import {
  type AnyFunction,
  type DefinitionData,
  definitionKey,
  isDefinition,
  type NodeInputs,
  type NodeDraft,
} from '../model/definition.js';
import { readParameters } from '../model/read-parameters.js';
import type { GraphFault } from './graph-fault.js';
import { isDefinedModule, moduleKey, type ModuleOptions, type NodeSource } from '../model/define-module.js';

interface ExportedFunction {
  readonly value: AnyFunction;
  /** Its source text. */
  readonly text: string;
}

/** Undefined where there is no node: `exclude`, or a fault, which is reported. */
export function draftExport(
  module: ModuleOptions<object>,
  exportName: string,
  { value, text }: ExportedFunction,
  report: (fault: GraphFault) => void,
): NodeDraft | undefined {
  const data: DefinitionData = isDefinition(value)
    ? value[definitionKey]
    : { fn: value, kind: 'function', steps: noSteps };
  // Before its inputs are read: those of a helper need not be edges.
  if (data.isExcluded) return undefined;
  const facts = isDefinedModule(module) ? module[moduleKey](exportName) : undefined;
  const source = facts?.source;
  const place = facts?.place;
  const at = [{ name: module.name, place }];
  const inputs = data.read
    ? data.read(source)
    : readInputs(data.fn, source, data.fn === value ? text : undefined);
  if (inputs === undefined) {
    report(
      data.read
        ? { code: 'FP_BAD_NODE', name: exportName, with: at, about: { definition: data } }
        : { code: 'FP_BAD_PARAMETERS', name: exportName, with: at, about: data },
    );
    return undefined;
  }
  return {
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
    codeVersion: facts?.codeVersion,
    fromText: data.read === undefined && source === undefined && inputs.style === 'positional',
  };
}

/** By the names in the source; else by those in the function's own text. Undefined if none can be read. */
function readInputs(
  fn: AnyFunction,
  source: NodeSource | undefined,
  text: string | undefined,
): NodeInputs | undefined {
  const read: Pick<NodeSource, 'style' | 'parameters' | 'takesContext'> | undefined =
    source ?? readParameters(fn, text);
  return (
    read && {
      style: read.style,
      parameters: read.parameters.map(({ name, optional, type }) => ({
        parameter: name,
        node: name,
        optional,
        type,
      })),
      takesContext: read.takesContext,
    }
  );
}

const nothing: Readonly<Record<string, never>> = /* @__PURE__ */ Object.freeze({});
const noSteps: readonly never[] = /* @__PURE__ */ Object.freeze([]);
