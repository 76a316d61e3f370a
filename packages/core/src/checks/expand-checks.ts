/** From a drafted node `X` to `X_raw`, a node for each check, and the gate that is `X` from now on. */
import { warnOfItem } from '../run/item-warnings.js';
import type { NodeDraft } from '../model/definition.js';
import type { NodeContext } from '../model/functions.js';
import { asGate, isGate } from '../draft/gate.js';
import { deciding } from '../model/decides.js';
import { isThenable } from '../model/is-thenable.js';
import { givenBy } from '../model/promises.js';
import { decidesOf, settle } from './check.js';
import type { AnyCheck } from './checked-nodes.js';
import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { shapeOf } from '../errors/shape-of.js';
import { DataValidationError } from './data-validation-error.js';
import type { Importance, ValidationResult } from '../model/validation-result.js';
import { toValidationResult } from './to-validation-result.js';

/** Adds checks to the targets; every other draft stays as it is. Names made here are new among `nodes`. */
export function expandChecks(
  nodes: readonly NodeDraft[],
  targets: ReadonlySet<NodeDraft>,
  checks: readonly AnyCheck[],
  importance: Importance,
): readonly NodeDraft[] {
  const taken = new Set(nodes.map(({ name }) => name));
  return nodes.flatMap((node) => {
    if (!targets.has(node)) return [node];
    const before = isGate(node) ? node.parameters : undefined;
    const rawName = before === undefined ? claimName(`${node.name}_raw`, taken) : before[0]!.node;
    const added = checks.map((check) => {
      const name = claimName(`${node.name}_${check.name}`, taken);
      return checkNode(node, name, rawName, check, importance);
    });
    const results = added.map(({ name }) => edge(name, 'ValidationResult'));
    if (before !== undefined) return [...added, { ...node, parameters: [...before, ...results] }];
    const raw: NodeDraft = { ...node, name: rawName };
    return [raw, ...added, gateNode(node, [edge(rawName, node.type), ...results])];
  });
}

/** The wanted name, or with the first number from 2 on that makes it new. */
function claimName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}

function edge(node: string, type: string | undefined) {
  return { parameter: node, node, optional: false, type };
}

function checkNode(
  of: NodeDraft,
  name: string,
  rawName: string,
  check: AnyCheck,
  importance: Importance,
): NodeDraft {
  const run = (value: never) => {
    const result = settle(check.check(value), (finding) => toValidationResult(check, importance, finding));
    return isThenable(result)
      ? givenBy(result, `The check '${check.name}' of '${of.name}' gave a promise`)
      : result;
  };
  return {
    name,
    exportName: of.exportName,
    kind: 'function',
    fn: deciding(run, {
      given: { importance, ...decidesOf(check) },
      leavesUnread: check.leavesUnread,
    }),
    style: 'positional',
    parameters: [edge(rawName, of.type)],
    bound: {},
    takesContext: false,
    tags: {},
    module: of.module,
    place: of.place,
    doc: `Checks ${of.name}: ${check.description}.`,
    type: 'ValidationResult',
    derived: true,
  };
}

/** Keeps the documentation, tags and type of the node whose name it takes over. */
function gateNode(of: NodeDraft, parameters: NodeDraft['parameters']): NodeDraft {
  const pass = (raw: unknown, ...rest: readonly unknown[]) => {
    const context = rest.at(-1) as NodeContext;
    const { node } = context;
    const results = rest.slice(0, -1);
    const wrong = results.findIndex((result) => !isVerdict(result));
    if (wrong !== -1) throw noVerdict(parameters[wrong + 1]?.node ?? '', results[wrong]);
    const failed = results.filter(isVerdict).filter(({ passed }) => !passed);
    for (const result of failed) {
      if (result.importance === 'warn') {
        const message = `The value of '${node}' failed ${result.check}: ${result.message}`;
        const ofMany = `The value of '${node}' failed ${result.check}`;
        warnOfItem(context, { message, fields: { node, result }, ofMany });
      }
    }
    const fatal = failed.filter(({ importance }) => importance === 'fail');
    if (fatal.length > 0) throw new DataValidationError(node, fatal, of.place);
    return raw;
  };
  return {
    ...of,
    kind: 'function',
    fn: asGate(pass),
    style: 'positional',
    parameters,
    bound: {},
    takesContext: true,
    derived: true,
    executor: undefined,
    // The raw node is the one that takes a loaded value out of its pair, and the one that opens a file.
    loaded: undefined,
    pathParameter: undefined,
  };
}

/** A check can be overridden, and what stands for it must not switch it off by accident. */
function isVerdict(given: unknown): given is ValidationResult {
  if (typeof given !== 'object' || given === null) return false;
  const { passed, importance } = given as Partial<ValidationResult>;
  return typeof passed === 'boolean' && (passed || importance === 'warn' || importance === 'fail');
}

function noVerdict(check: string, given: unknown): FlowerPowerError {
  const code: CoreErrorCode = 'FP_BAD_VERDICT';
  return new FlowerPowerError({
    code,
    message: `What stands for the check '${check}' is ${shapeOf(given)}, which says neither that it passed nor what is wrong.`,
    hint: "Give { check, passed: true, message, importance: 'fail' }, for example.",
  });
}
