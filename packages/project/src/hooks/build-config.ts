/** Calls the hooks that build the configuration of a run. */
import type { BuiltConfig, PipelineConfig } from '@flowerpower/config';
import { FlowerPowerError, isRecord, messageOf } from '@flowerpower/core';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { ConfigRequest } from './hook.js';
import type { PipelineHooks } from './import-hooks.js';

/**
 * What they give, in the order of their calls. Each is told the configuration without hooks.
 *
 * @throws FlowerPowerError `FP_BAD_HOOK` for one that throws or gives something else than settings.
 */
export async function buildConfig(
  { build }: PipelineHooks,
  config: PipelineConfig,
  env: string | undefined,
): Promise<BuiltConfig[]> {
  const request: ConfigRequest = { pipeline: config.name, env, config };
  const built: BuiltConfig[] = [];
  const code: ProjectErrorCode = 'FP_BAD_HOOK';
  for (const { name: by, place, fn } of build) {
    let overrides: unknown;
    try {
      overrides = await fn(request);
    } catch (cause) {
      const message = `The hook ${by} failed: ${messageOf(cause)} Nothing was run.`;
      throw new FlowerPowerError({ code, message, places: [place], cause });
    }
    if (overrides === undefined) continue;
    if (!isRecord(overrides)) {
      const message = `The hook ${by} gave no settings.`;
      const hint = 'Give an object as the YAML of the pipeline says it: { params: …, run: { inputs: … } }.';
      throw new FlowerPowerError({ code, message, hint, places: [place] });
    }
    built.push({ by, overrides });
  }
  return built;
}
