/**
 * Values of the configuration as the annotations of the functions have them: texts of variables and assignments are read
 * by the annotation, as the command line reads them, and ISO texts of YAML files become dates.
 */
import type { Assignment, Environment, PipelineConfig, Resolved } from '@flowerpower/config';
import { errorFromProblems, type Graph, isRecord, type Problem } from '@flowerpower/core';
import type { ImportedModule } from '@flowerpower/modules';
import { datesAs, jsonAs, textAs } from '@flowerpower/runtime';
import type { ProjectErrorCode } from '../errors/catalogue.js';

type Configuration = Resolved<PipelineConfig>;
type Values = Readonly<Record<string, unknown>>;

export interface TypedBy {
  readonly environment: Environment;
  /** As in `--set`. */
  readonly set: readonly (string | Assignment)[] | undefined;
  /** Masks what comes from the environment, for errors. */
  readonly mask: (text: string) => string;
}

/**
 * The configuration with the values of `params` that bind a parameter of a node.
 *
 * @throws FlowerPowerError `FP_INPUT_VALUE` with every text of a variable or an assignment that does not fit.
 */
export function withTypedParams(
  configuration: Configuration,
  modules: readonly Pick<ImportedModule, 'nodes'>[],
  by: TypedBy,
): Configuration {
  const { params } = configuration.value;
  const read = reader(configuration, by);
  const typed = mapped(params, (name, values) => {
    const node = modules.findLast(({ nodes }) => Object.hasOwn(nodes, name))?.nodes[name];
    if (node === undefined || !isRecord(values)) return values;
    return mapped(values, (parameter, value) => {
      const type = node.parameters.find((each) => each.name === parameter)?.type;
      return read.value(['params', name, parameter], value, type);
    });
  });
  read.finish();
  return typed === params ? configuration : withValue(configuration, { params: typed });
}

/** The configuration with the inputs of the graph. @throws as {@link withTypedParams}. */
export function withTypedInputs(configuration: Configuration, graph: Graph, by: TypedBy): Configuration {
  const { params, run } = configuration.value;
  const read = reader(configuration, by);
  const typed = (at: readonly string[], values: Values) =>
    mapped(values, (name, value) => {
      const node = graph.nodes.get(name);
      return node?.kind === 'input' ? read.value([...at, name], value, node.type) : value;
    });
  const values = typed(['params'], params);
  const inputs = typed(['run', 'inputs'], run.inputs);
  read.finish();
  const runOf = inputs === run.inputs ? run : { ...run, inputs };
  return values === params && runOf === run
    ? configuration
    : withValue(configuration, { params: values, run: runOf });
}

function reader(
  { giverOf, unset, value: { name: pipeline } }: Configuration,
  { environment, set, mask }: TypedBy,
) {
  const texts = new Map([...Object.entries(environment), ...assigned(set)]);
  const problems: Problem[] = [];
  return {
    value(keys: readonly string[], value: unknown, type: string | undefined): unknown {
      // What stands in for a variable says nothing about its value.
      if (type === undefined || unset.some(({ standIn }) => standIn === value)) return value;
      const giver = giverOf(keys);
      if (giver === undefined) return datesAs(value, type);
      const text = isSingle(value) ? textOf(giver, keys, texts) : undefined;
      const fitted = (text === undefined ? undefined : textAs(text, type)) ?? jsonAs(value, type);
      if ('value' in fitted) return fitted.value;
      const { problem, hint } = fitted;
      const code: ProjectErrorCode = 'FP_INPUT_VALUE';
      problems.push({ code, message: mask(`${giver}: '${keys.at(-1)}' ${problem}.`), hint });
      return value;
    },
    finish() {
      if (problems.length === 0) return;
      const title = `The values given to '${pipeline}' do not fit`;
      throw errorFromProblems(problems, { code: 'FP_INPUT_VALUE' satisfies ProjectErrorCode, title });
    },
  };
}

function isSingle(value: unknown): boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

/** What was written: the configuration has read `3` as a number. Quoted it is a text already. */
function textOf(
  giver: string,
  keys: readonly string[],
  texts: ReadonlyMap<string, string | undefined>,
): string | undefined {
  // What gives a whole map has another text.
  const isOwn = giver === `--set ${keys.join('.')}` || giver.endsWith(`__${keys.at(-1)}`);
  const text = isOwn ? texts.get(giver) : undefined;
  return text === undefined || /^\s*["'[{]/.test(text) || text.includes('${') ? undefined : text;
}

/** `--set run.inputs.n=3`: its text, by the words that name its giver. */
function assigned(set: TypedBy['set'] = []): (readonly [string, string])[] {
  return set.flatMap((each) => {
    if (typeof each !== 'string') return [];
    const at = each.indexOf('=');
    return [[`--set ${each.slice(0, at).trim()}`, each.slice(at + 1)] as const];
  });
}

/** The same object where nothing changes: a graph is kept as long as its parts are the same. */
function mapped(values: Values, change: (key: string, value: unknown) => unknown): Values {
  const entries = Object.entries(values).map(([key, value]) => [key, change(key, value)] as const);
  return entries.every(([key, value]) => Object.is(value, values[key]))
    ? values
    : Object.fromEntries(entries);
}

function withValue(configuration: Configuration, changes: Partial<PipelineConfig>): Configuration {
  return { ...configuration, value: { ...configuration.value, ...changes } };
}
