import { type Interpolation, interpolate } from '../interpolation/interpolate.js';
import { problemAt } from '../errors/problem-at.js';
import type { Shape } from '../schema/shape.js';
import type { ConfigNode, ValueNode } from '../tree/node.js';
import { type CoreScalar, readCoreScalar } from '../yaml/core-scalar.js';
import { parseYaml } from '../yaml/parse.js';
import { pathText, type ReadContext, report } from './context.js';

/**
 * Resolves the references of a scalar in a file, and gives text from variables, assignments and whole
 * references the type that stands at its place:
 *
 * - text is kept as it is;
 * - a number or boolean is read as YAML 1.2 core does;
 * - in user's data, where any type may stand, text that is a plain core number, boolean or null becomes that;
 * - variables and assignments also give a list (`[a, b]` or `a,b`), a map (`{a: 1}`), and `null`;
 *   in user's data an assignment does, and takes `"5"` for the text 5, while of a variable only what is JSON does, so
 *   that a password with a brace stays text.
 *
 * A text that refers to other keys is `open`: it waits until it is known what they are. A reference to a variable that is not set gives a node that is `missing`: a higher layer may still replace it.
 * Undefined when the value was reported as wrong.
 */
export function resolveText(
  node: ConfigNode,
  shape: Shape,
  path: readonly string[],
  context: ReadContext,
): ConfigNode | undefined {
  if (node.kind !== 'value' || typeof node.value !== 'string') return node;
  if (node.isText === true) return readText(node, node.value, shape, path, context);
  if (node.origin.source.kind !== 'file' || node.isExternal === true || !node.value.includes('$'))
    return node;

  const { environment, file } = context;
  const given = interpolate(node.value, { environment, file });
  // What is wrong with it is told when it is read again.
  if (given.isOpen && given.faults.every(({ code }) => code === 'FP_CONFIG_VARIABLE_UNSET'))
    return { ...node, open: { shape, path } };
  return placeText(node, given, shape, path, context);
}

/** The node for what the references of a text gave. */
export function placeText(
  node: ValueNode,
  given: Interpolation,
  shape: Shape,
  path: readonly string[],
  context: ReadContext,
): ConfigNode | undefined {
  const { text, isWhole, isSecret, isFromFile, shown, texts, faults } = given;
  const reported = faults.map((fault) => ({ ...fault, message: `${pathText(path)}: ${fault.message}` }));
  if (faults.some(({ code }) => code !== 'FP_CONFIG_VARIABLE_UNSET')) {
    for (const fault of reported) report(context, node.origin, fault);
    return undefined;
  }
  if (faults.length > 0) {
    const hint = replaceHint(path);
    const missing = reported.map((fault) =>
      problemAt(node.origin, { ...fault, hint: [fault.hint, hint].filter(Boolean).join(' ') }),
    );
    const standIn = shape.kind === 'any' ? shown : undefined;
    return {
      kind: 'value',
      value: undefined,
      origin: node.origin,
      isExternal: true,
      missing,
      standIn,
      shown,
    };
  }
  const written = texts.length > 0 || isFromFile ? { shown, texts } : undefined;
  const resolved: ValueNode = { kind: 'value', value: text, origin: node.origin, isExternal: true, written };
  // A password of digits is a text, and so is what stands in a file.
  const mayBeMore =
    isWhole && node.plain !== undefined && !((isSecret || isFromFile) && shape.kind === 'any');
  return mayBeMore ? readScalar(resolved, text, shape, path, context) : resolved;
}

/** How a value is given without its variable. In an overlay the keys of a pipeline stand deeper. */
function replaceHint(path: readonly string[]): string | undefined {
  const start = path[0] === 'pipelines' ? 2 : ['pipeline', 'project'].includes(path[0]!) ? 1 : 0;
  const [first, group, name] = path.slice(start);
  if (first === undefined || !['run', 'params', 'io'].includes(first)) return undefined;
  const isInput = first === 'run' && group === 'inputs' && name !== undefined;
  const flag = isInput ? `--inputs ${name}=…` : `--set ${path.slice(start).join('.')}=…`;
  return `Or give the value for one run: ${flag}`;
}

/** True for text that may need the YAML parser: a flow list, a flow map or a quoted scalar. */
export function isYamlText(text: string): boolean {
  return /^\s*[[{"']/.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readText(
  node: ValueNode,
  text: string,
  shape: Shape,
  path: readonly string[],
  context: ReadContext,
): ConfigNode | undefined {
  const plain: ValueNode = { kind: 'value', value: text, origin: node.origin, isExternal: true };
  if (shape.kind === 'scalar' && shape.wants === 'text') return plain;
  if (text === 'null') return { ...plain, value: null };
  if (shape.kind === 'scalar' || isBooleanOr(shape, text))
    return readScalar(plain, text, shape, path, context);
  const isYaml =
    shape.kind === 'any'
      ? isYamlText(text) && (node.origin.source.kind === 'set' || isJson(text))
      : /^\s*[[{]/.test(text);
  if (isYaml) return readYaml(node, text, context);
  if (shape.kind === 'any') return readScalar(plain, text, shape, path, context);
  if (shape.kind === 'list') {
    const items = text.split(',').map((item) => ({ ...plain, value: item.trim() }));
    return { kind: 'list', items: text.trim() === '' ? [] : items, origin: node.origin };
  }
  return plain;
}

function readScalar(
  node: ValueNode,
  text: string,
  shape: Shape,
  path: readonly string[],
  context: ReadContext,
): ValueNode | undefined {
  const scalar = readCoreScalar(text);
  if (scalar === undefined || !isWanted(scalar, shape)) return node;
  if ('value' in scalar) return { ...node, value: scalar.value };
  report(context, node.origin, {
    code: 'FP_CONFIG_UNSAFE_INTEGER',
    message: `${pathText(path)} is a whole number beyond 2^53 and would lose digits.`,
    hint:
      shape.kind === 'scalar'
        ? `Give a number up to ${Number.MAX_SAFE_INTEGER}.`
        : node.origin.source.kind === 'file'
          ? 'Quote the reference to keep it as text.'
          : 'Give it in a YAML file as "${NAME}", quoted, to keep it as text.',
  });
  return undefined;
}

function isWanted(scalar: CoreScalar, shape: Shape): boolean {
  if (shape.kind === 'any') return true;
  const type = 'value' in scalar ? typeof scalar.value : 'number';
  if (shape.kind === 'scalar') return type === shape.wants;
  return type === 'boolean' && takesBoolean(shape);
}

function isBooleanOr(shape: Shape, text: string): boolean {
  return takesBoolean(shape) && typeof readBoolean(text) === 'boolean';
}

function readBoolean(text: string): unknown {
  const scalar = readCoreScalar(text);
  return scalar !== undefined && 'value' in scalar ? scalar.value : undefined;
}

/** True where a boolean is short for a map, or may stand in place of a list. */
function takesBoolean(shape: Shape): boolean {
  if (shape.kind === 'list') return shape.orBoolean;
  return shape.kind === 'object' && shape.shorthand?.wants === 'boolean';
}

function readYaml(node: ValueNode, text: string, context: ReadContext): ConfigNode | undefined {
  // The library is loaded before the layers are read whenever one of them has such a text.
  const { node: parsed, problems } = parseYaml(context.yaml!, text, node.origin.source);
  context.problems.push(...problems);
  return problems.length > 0 ? undefined : parsed;
}
