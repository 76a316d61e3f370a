import { FlowerPowerError } from '@flowerpower/core';
import type { LoadedPipeline } from '@flowerpower/project';
import type { CliErrorCode } from '../errors/catalogue.js';

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
