/** Imports the hooks of a pipeline and says what is called when. */
import { didYouMean, errorFromProblems, type Place, type Problem, boundedList } from '@flowerpower/core';
import type { AroundImport } from '@flowerpower/modules';
import type { AfterRun, BeforeRun, RunHook, RunHooks } from '@flowerpower/runtime';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { CodeFolder } from '../modules/project-code.js';
import { findHookFiles, type HookFile } from './find-hook-files.js';
import {
  type AfterRunHook,
  type BeforeRunHook,
  type BuildConfigHook,
  type FailureHook,
  type HookMoment,
  moments,
  type SuccessHook,
} from './hook.js';

export interface HooksRequest {
  readonly pipeline: string;
  readonly hooksDir: string;
  /** Import files that changed since they were last imported. */
  readonly reload: boolean;
  readonly around: AroundImport;
}

export interface PipelineHooks extends RunHooks {
  readonly before: readonly RunHook<BeforeRun>[];
  readonly after: readonly RunHook<AfterRun>[];
  readonly build: readonly NamedHook<BuildConfigHook>[];
  /** Every exported function by its name; that of the pipeline before that of the project. */
  readonly byName: ReadonlyMap<string, NamedHook<(...args: never[]) => unknown>>;
  /** Names that are nearly those of a moment. */
  readonly warnings: readonly Problem[];
}

interface NamedHook<F> {
  /** `beforeRun in hooks/sales.ts` */
  readonly name: string;
  readonly place: Place;
  readonly fn: F;
}

/**
 * @throws FlowerPowerError `FP_BAD_HOOK` for exports of a moment that are no functions, `FP_FS_OUTSIDE_ROOT` for files that
 *   may not be used, and whatever importing raises.
 */
export async function importHooks(
  { boundary, importer, named }: CodeFolder,
  { pipeline, hooksDir, reload, around }: HooksRequest,
): Promise<PipelineHooks> {
  const found: Export[] = [];
  for (const file of findHookFiles(boundary, hooksDir, pipeline)) {
    const { exports } = await importer.import(file.file, { reload, around });
    for (const [name, value] of Object.entries(exports)) found.push({ name, value, file });
  }
  const problems = found.flatMap(badHook);
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_BAD_HOOK';
    throw errorFromProblems(named(problems), { code, title: 'Hooks cannot be called' });
  }
  const at = <F>(moment: HookMoment): NamedHook<F>[] =>
    found.filter(({ name }) => name === moment).map((each) => hookOf<F>(each));
  const functions = found.filter(({ value }) => typeof value === 'function');
  return {
    build: at<BuildConfigHook>('buildConfig'),
    before: at<BeforeRunHook>('beforeRun').map(({ name, place, fn }) => ({ name, place, call: fn })),
    after: [
      ...at<AfterRunHook>('afterRun').map(({ name, place, fn }) => ({ name, place, call: fn })),
      ...at<SuccessHook>('onSuccess').map((hook) => ({ ...hook, call: afterSuccess(hook.fn) })),
      ...at<FailureHook>('onFailure').map((hook) => ({ ...hook, call: afterFailure(hook.fn) })),
    ].map(({ name, place, call }) => ({ name, place, call })),
    byName: new Map(functions.map((each) => [each.name, hookOf(each)])),
    warnings: functions.flatMap(nearlyAMoment),
  };
}

interface Export {
  readonly name: string;
  readonly value: unknown;
  readonly file: HookFile;
}

function hookOf<F>({ name, value, file }: Export): NamedHook<F> {
  return { name: `${name} in ${file.name}`, place: { file: file.file }, fn: value as F };
}

function afterSuccess(fn: SuccessHook): (told: AfterRun) => unknown {
  return ({ outcome, ...told }) =>
    outcome.status === 'success' ? fn({ ...told, result: outcome }) : undefined;
}

function afterFailure(fn: FailureHook): (told: AfterRun) => unknown {
  return ({ outcome, ...told }) =>
    outcome.status === 'success' ? undefined : fn({ ...told, outcome, error: outcome.error });
}

function isMoment(name: string): boolean {
  return (moments as readonly string[]).includes(name);
}

function badHook({ name, value, file }: Export): Problem[] {
  if (!isMoment(name) || typeof value === 'function') return [];
  const code: ProjectErrorCode = 'FP_BAD_HOOK';
  return [
    {
      code,
      message: `${name} in ${file.name} is no function; it is called by its name.`,
      hint: `Export a function, or call it otherwise. Called by themselves are ${boundedList([...moments])}.`,
      places: [{ file: file.file }],
    },
  ];
}

/** Whoever writes `beforRun` waits for it in vain. */
function nearlyAMoment({ name, file }: Export): Problem[] {
  const meant = isMoment(name) ? undefined : didYouMean(name, moments);
  if (meant === undefined) return [];
  const code: ProjectErrorCode = 'FP_BAD_HOOK';
  return [
    {
      code,
      message: `${name} in ${file.name} is not called by itself.`,
      hint: meant,
      places: [{ file: file.file }],
    },
  ];
}
