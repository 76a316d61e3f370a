/** From the options that restrict a run to the nodes, values and savers that they mean. */
import type { ExecutionContext } from '../context/build-execution-context.js';
import type { FileRef } from '../context/file-systems.js';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import { defaultRunConfig } from '../config/run-config.js';
import { isSliced, requireOneSlice, type SliceOptions } from '../config/slice-options.js';
import { runtimeError } from '../errors/runtime-error.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import { previewPipeline } from './preview-pipeline.js';
import { type Slice, sliceGraph } from './slice-graph.js';
import { sliceMissing } from './slice-missing.js';
import { sliceOnly } from './slice-only.js';

interface Asked extends SliceOptions {
  readonly outputs?: readonly string[] | undefined;
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
}

export interface SliceSurroundings {
  readonly context: Pick<ExecutionContext, 'caches' | 'locate'>;
  readonly build: (definition: PipelineDefinition) => BuiltPipeline;
  /** Whether loaders run and files are read for `only`: a run follows. */
  readonly reads: boolean;
}

/** Undefined where nothing is restricted. @throws (rejects) what the slices throw, and `FP_SLICE_CONFLICT`. */
export async function resolveSlice(
  built: BuiltPipeline,
  asked: Asked,
  { context, build, reads }: SliceSurroundings,
): Promise<Slice | undefined> {
  if (!isSliced(asked)) return undefined;
  requireOneSlice(asked);
  const { definition } = built;
  const inputs = { ...built.inputs, ...asked.inputs };
  const overrides = asked.overrides ?? {};
  const isThere = async (file: FileRef) => {
    const { fs, path } = context.locate(file);
    return fs.exists(path.replace(/\/$/, ''));
  };
  if (asked.missingOutputs === true)
    return sliceMissing(built, { ...definition.run.config, ...inputs, ...overrides }, isThere);
  const { only = [] } = asked;
  if (only.length === 0) return sliceGraph(built, asked);
  return sliceOnly({
    built,
    only,
    inputs,
    overrides,
    preview: await previewPipeline(built, context),
    reads,
    isThere: ({ path, storageOptions }) => isThere({ path: path!, storageOptions }),
    async readBack({ target, type, path, storageOptions }) {
      const entry = { type, path, ...(storageOptions !== undefined && { storageOptions }) };
      const reader = build({
        name: `what ${definition.name} has saved`,
        modules: [],
        params: {},
        io: { load: { [target]: entry }, save: {} },
        run: defaultRunConfig,
        ...(definition.placeOf !== undefined && {
          placeOf: ([io, , ...rest]) => definition.placeOf!([io!, 'save', ...rest]),
        }),
      });
      return (await reader.driver.execute([target]))[target];
    },
  });
}

/** The slices that need to look at nothing but the graph. @throws `FP_NOT_SYNCHRONOUS` for the others. */
export function resolveSliceSync(built: BuiltPipeline, asked: Asked): Slice | undefined {
  if (!isSliced(asked)) return undefined;
  requireOneSlice(asked);
  if (asked.missingOutputs === true || (asked.only?.length ?? 0) > 0) {
    throw runtimeError({
      code: 'FP_NOT_SYNCHRONOUS',
      message: `A synchronous run cannot be given ${asked.missingOutputs === true ? 'missingOutputs' : 'only'}, which looks at files.`,
      hint: 'Use run(...) instead of runSync(...).',
    });
  }
  return sliceGraph(built, asked);
}
