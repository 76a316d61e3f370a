/**
 * Configuration in environment variables. `FP_PIPELINE__RUN__MAX_CONCURRENCY` names a path, split at double
 * underscores: FlowerPower's own keys match without case and underscores, keys of the user keep their case.
 */
import { suggest } from '@flowerpower/core';
import { type ReadContext, report, warn } from '../read/context.js';
import { readNode } from '../read/read-node.js';
import { runOptionList } from '../schema/run-option-list.js';
import { type ObjectShape, projectShape } from '../schema/shape.js';
import { describePlace, type Origin } from '../source/origin.js';
import { type ConfigNode, type MapNode, nest } from '../tree/node.js';
import { mergeMaps } from '../tree/merge.js';
import type { LayerTree } from './layer.js';

/** Short variable → the path that it sets. */
const globals = new Map(
  runOptionList.flatMap(({ path, variable }) =>
    variable === undefined ? [] : [[variable, path.split('.')]],
  ),
);

/** The same of the project. */
const projectGlobals = new Map([['FP_HOOKS_DIR', ['hooksDir']]]);

export type VariablePrefix = 'FP_PROJECT__' | 'FP_PIPELINE__';

/** The variables that {@link readPathVariables} and {@link readGlobalVariables} look at. */
export function isConfigVariable(name: string): boolean {
  return (
    globals.has(name) ||
    projectGlobals.has(name) ||
    name.startsWith('FP_PROJECT__') ||
    name.startsWith('FP_PIPELINE__')
  );
}

export function readGlobalVariables(shape: ObjectShape, context: ReadContext): LayerTree[] {
  const trees = [...(shape === projectShape ? projectGlobals : globals)].flatMap(([name, path]) => {
    const value = context.environment[name];
    const origin = originOf('global', name, context);
    return value === undefined ? [] : readVariable(path, value, origin, shape, context);
  });
  return trees.map((node) => ({ layer: 'global', node }));
}

/** One tree from all variables with the prefix, in the order of their names. */
export function readPathVariables(
  prefix: VariablePrefix,
  shape: ObjectShape,
  context: ReadContext,
): LayerTree[] {
  const seen: { path: string; origin: Origin }[] = [];
  let tree: MapNode | undefined;
  for (const name of Object.keys(context.environment).sort()) {
    const value = context.environment[name];
    if (value === undefined || !name.startsWith(prefix)) continue;
    const origin = originOf('environment', name, context);
    const path = name.slice(prefix.length).split('__');
    if (path.includes('')) {
      report(context, origin, {
        code: 'FP_CONFIG_VARIABLE_NAME',
        message: 'the name is not a path of keys joined by double underscores.',
        hint: `Write for example ${prefix}RUN__LOG_LEVEL. A key that itself holds a double underscore cannot be set by a variable.`,
      });
      continue;
    }
    for (const node of readVariable(path, value, origin, shape, context)) {
      if (reportOverlap(node, origin, seen, context)) continue;
      tree = tree ? mergeMaps(tree, node) : node;
    }
  }
  return tree ? [{ layer: 'environment', node: tree }] : [];
}

/**
 * Warns of `FP_PIPLINE__…`, `FP_LOGLEVEL` and `FP_TIMEOUT`: such a name looks like configuration and would have no effect.
 * What is near to nothing may belong to another program.
 */
export function warnOfMistypedVariables(context: ReadContext): void {
  for (const name of Object.keys(context.environment).sort()) {
    if (context.environment[name] === undefined || !name.startsWith('FP_')) continue;
    const meant = name.includes('__') ? meantPath(name) : meantShort(name);
    if (meant === undefined) continue;
    warn(context, originOf('environment', name, context), {
      code: 'FP_CONFIG_VARIABLE_NAME',
      message: `the variable has no effect. Did you mean '${meant}'?`,
    });
  }
}

function originOf(layer: 'global' | 'environment', name: string, context: ReadContext): Origin {
  return { source: { kind: 'variable', layer, name, place: context.variablePlaces.get(name) } };
}

function meantPath(name: string): string | undefined {
  const head = /^FP_([A-Za-z]+)__/.exec(name)?.[1];
  if (head === undefined || head === 'PROJECT' || head === 'PIPELINE') return undefined;
  const [near] = suggest(head, ['PROJECT', 'PIPELINE']);
  return near && `FP_${near}__${name.slice(head.length + 5)}`;
}

/** What short names stand for, those that exist and those that one might expect to: `FP_TIMEOUT`, `FP_CACHE`. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ...runOptionList.flatMap(({ pathVariable, variable }) => {
    const keys = pathVariable.split('__').slice(2);
    const given = variable ?? pathVariable;
    return [keys.join('_'), keys.at(-1)!, keys.at(-1) === 'ENABLED' ? keys[0]! : keys.join('_')].map(
      (short) => [`FP_${short}`, given] as const,
    );
  }),
  ...[...globals.keys(), 'FP_ENV'].map((name) => [name, name] as const),
]);

/** Variables that are no configuration of a project. */
const others: readonly string[] = [
  'FP_ENV',
  ...['CONFIG', 'PIPELINES', 'HOOKS', 'CACHE'].map((folder) => `FP_${folder}_DIR`),
];

function meantShort(name: string): string | undefined {
  const bare = (text: string) => text.slice('FP_'.length).replaceAll('_', '').toUpperCase();
  if (globals.has(name) || others.includes(name)) return undefined;
  const same = [...shortNames.keys()].find((each) => bare(each) === bare(name));
  const near = same ?? suggest(name, [...globals.keys(), 'FP_ENV'])[0];
  return near && shortNames.get(near);
}

function readVariable(
  path: readonly string[],
  value: string,
  origin: Origin,
  shape: ObjectShape,
  context: ReadContext,
): MapNode[] {
  const node = readNode(nest(path, { kind: 'value', value, isText: true, origin }), shape, [], context);
  return node?.kind === 'map' ? [node] : [];
}

/** Two variables for one place have no order between them, so neither can win. */
function reportOverlap(
  node: MapNode,
  origin: Origin,
  seen: { path: string; origin: Origin }[],
  context: ReadContext,
): boolean {
  const paths = leafPaths(node, '');
  for (const path of paths) {
    const other = seen.find((entry) => entry.path.startsWith(path) || path.startsWith(entry.path));
    if (!other) continue;
    report(context, origin, {
      code: 'FP_CONFIG_KEY_CONFLICT',
      message: `${path.slice(1, -1)} is already set by ${describePlace(other.origin)}.`,
      hint: 'Keep one of the two variables.',
    });
    return true;
  }
  seen.push(...paths.map((path) => ({ path, origin })));
  return false;
}

/** Paths of the form `.run.retry.`, so that a prefix is a prefix of whole keys. */
function leafPaths(node: ConfigNode, path: string): string[] {
  if (node.kind !== 'map') return [`${path}.`];
  return [...node.entries].flatMap(([key, entry]) => leafPaths(entry.node, `${path}.${key}`));
}
