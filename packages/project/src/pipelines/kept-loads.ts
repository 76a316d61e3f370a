/** What was loaded before and would be loaded again as it is: its configuration and its graph are used once more. */
import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '@flowerpower/config';
import type { AroundImport } from '@flowerpower/modules';
import type { Mask } from '../secrets/mask.js';
import type { FileTrace } from './file-trace.js';
import type { LoadedPipeline } from './loaded-pipeline.js';
import { configOverrides, type PipelineOverrides } from './pipeline-overrides.js';

/** What a call asks for, as far as it decides what is loaded. */
interface LoadQuestion {
  readonly overrides: PipelineOverrides;
  /** Of the process: variables may have been set since. */
  readonly environment: Environment;
}

export interface Keeping {
  readonly pipeline: LoadedPipeline;
  readonly mask: Pick<Mask, 'text' | 'secrets'>;
  readonly trace: FileTrace;
}

export interface KeptLoads {
  /** @param around - for modules that are imported anew, where the pipeline asks for that. */
  find(
    key: string,
    question: LoadQuestion,
    around: (pipeline: LoadedPipeline) => AroundImport,
  ): Promise<Keeping | undefined>;
  keep(key: string, question: LoadQuestion, keeping: Keeping): void;
}

interface Kept extends Keeping {
  readonly settings: unknown;
  readonly environment: Environment;
}

export function createKeptLoads(): KeptLoads {
  const kept = new Map<string, Kept>();
  return {
    async find(key, { overrides, environment }, around) {
      const known = kept.get(key);
      if (known === undefined) return undefined;
      const { pipeline, trace } = known;
      const isSame =
        trace.isUnchanged() &&
        isDeepStrictEqual(known.settings, settingsOf(overrides)) &&
        isSameEnvironment(known.environment, environment);
      if (!isSame) return undefined;
      const { reload } = pipeline.configuration.value.run;
      if (reload && !(await trace.isSameCode({ reload, around: around(pipeline) }))) return undefined;
      return known;
    },
    keep(key, { overrides, environment }, keeping) {
      kept.delete(key);
      // What a hook gives may be something else in the next run.
      if (keeping.pipeline.hooks.build.length > 0) return;
      try {
        // A caller may change its objects afterwards.
        const settings = structuredClone(settingsOf(overrides));
        kept.set(key, { ...keeping, settings, environment: { ...environment } });
      } catch {
        // Settings that cannot be copied cannot be compared with later ones.
      }
    },
  };
}

function settingsOf(overrides: PipelineOverrides): unknown {
  return [configOverrides(overrides), overrides.set];
}

function isSameEnvironment(before: Environment, now: Environment): boolean {
  const names = Object.keys(now);
  return names.length === Object.keys(before).length && names.every((name) => before[name] === now[name]);
}
