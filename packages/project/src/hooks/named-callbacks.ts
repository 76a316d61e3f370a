/** `run.onSuccess` and `run.onFailure` name hooks in files; in code they may be functions. */
import type { PipelineConfig, Resolved } from '@flowerpower/config';
import { boundedList, didYouMean, errorFromProblems, type Problem } from '@flowerpower/core';
import type { RunConfig } from '@flowerpower/runtime';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { PipelineHooks } from './import-hooks.js';

export type Callbacks = Pick<RunConfig, 'onSuccess' | 'onFailure'>;

/** @throws FlowerPowerError `FP_UNKNOWN_HOOK` for every name that no file of hooks exports. */
export function namedCallbacks(
  { value, placeOf, giverOf }: Resolved<PipelineConfig>,
  { byName }: PipelineHooks,
  hooksDir: string,
): Callbacks {
  const problems: Problem[] = [];
  const callbacks: Callbacks = Object.fromEntries(
    (['onSuccess', 'onFailure'] as const).flatMap((key) => {
      const name = value.run[key];
      if (name === undefined) return [];
      const hook = byName.get(name);
      if (hook !== undefined) return [[key, hook.fn]];
      const place = placeOf(['run', key]);
      const code: ProjectErrorCode = 'FP_UNKNOWN_HOOK';
      problems.push({
        code,
        message: `${giverOf(['run', key]) ?? `run.${key}`}: there is no hook '${name}' in ${hooksDir}.`,
        hint:
          didYouMean(name, byName.keys()) ??
          (byName.size > 0
            ? `Hooks: ${boundedList([...byName.keys()])}.`
            : `Export a function ${name} from ${hooksDir}/${value.name.replaceAll('.', '/')}/hook.ts.`),
        places: place && [place],
      });
      return [];
    }),
  );
  if (problems.length === 0) return callbacks;
  const code: ProjectErrorCode = 'FP_UNKNOWN_HOOK';
  throw errorFromProblems(problems, { code, title: 'Hooks are missing' });
}
