/**
 * `--set params.<node>.<parameter>=…` by the annotation of the parameter, as `-i` reads an input. Only texts that the
 * annotation can judge are touched: lists, maps, `null` and quoted texts mean what they mean everywhere in `--set`.
 */
import type { Assignment } from '@flowerpower/config';
import { FlowerPowerError } from '@flowerpower/core';
import type { LoadedPipeline } from '@flowerpower/project';
import type { CliErrorCode } from '../errors/catalogue.js';
import { readTyped, type TypeOf } from './read-values.js';

type Setting = string | Assignment;

/**
 * The same list where every text is what the configuration made of it.
 *
 * @throws FlowerPowerError `FP_CLI_VALUE` for a text that does not fit.
 */
export function readParams(settings: readonly Setting[], pipeline: LoadedPipeline): readonly Setting[] {
  const read = settings.map((setting) =>
    typeof setting === 'string' ? readOne(setting, pipeline) : setting,
  );
  return read.every((each, index) => each === settings[index]) ? settings : read;
}

function readOne(setting: string, pipeline: LoadedPipeline): Setting {
  const at = setting.indexOf('=');
  const path = setting.slice(0, at).trim();
  const text = setting.slice(at + 1);
  const [first, name, parameter, ...deeper] = path.split('.');
  if (at === -1 || first !== 'params' || name === undefined || deeper.length > 0) return setting;
  if (text === 'null' || /^\s*[[{"']/.test(text)) return setting;
  const type = parameter === undefined ? inputType(pipeline)(name) : parameterType(pipeline, name, parameter);
  const read = readTyped(`--set ${path}`, parameter ?? name, text, type);
  return read === undefined ? setting : { path, flag: `--set ${path}`, value: read.value };
}

function inputType({ graph }: LoadedPipeline): TypeOf {
  return (name) => graph.nodes.get(name)?.type;
}

/** As the source has it, for a bound parameter is not an edge of the graph. The module that defines the node counts. */
function parameterType({ modules }: LoadedPipeline, node: string, parameter: string): string | undefined {
  const owner = modules.findLast((module) => Object.hasOwn(module.nodes, node));
  return owner?.nodes[node]!.parameters.find(({ name }) => name === parameter)?.type;
}

/** @throws FlowerPowerError `FP_CLI_VALUE` for an input that is a parameter which `params` bind: nothing else takes it. */
export function refuseBound(inputs: Readonly<Record<string, unknown>>, { graph }: LoadedPipeline): void {
  const nodes = [...graph.nodes.values()];
  for (const name of Object.keys(inputs)) {
    if (graph.nodes.has(name)) continue;
    const binder = nodes.find(({ bound }) => Object.hasOwn(bound, name));
    if (binder === undefined) continue;
    const code: CliErrorCode = 'FP_CLI_VALUE';
    throw new FlowerPowerError({
      code,
      message: `--inputs: '${name}' is not an input: params binds it for '${binder.name}'.`,
      hint: `Give another value there: --set params.${binder.name}.${name}=…`,
    });
  }
}
