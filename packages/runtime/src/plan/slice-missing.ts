/** The slice `missingOutputs`: the savers whose files are not there. */
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import type { FileRef } from '../context/file-systems.js';
import { savedFiles } from './saved-files.js';
import type { Slice } from './slice-graph.js';

/** @param isThere - whether there is something at a path. */
export async function sliceMissing(
  built: BuiltPipeline,
  given: Readonly<Record<string, unknown>>,
  isThere: (file: FileRef) => Promise<boolean>,
): Promise<Slice> {
  const wanted: string[] = [];
  const unclear: string[] = [];
  for (const { saver, file } of savedFiles(built, [...built.savedAs.keys()], given)) {
    if (file === undefined) unclear.push(saver);
    else if (!(await isThere(file))) wanted.push(saver);
  }
  return {
    requested: wanted,
    savers: new Set(wanted),
    anew: new Set(),
    taken: new Map(),
    mayBeEmpty: true,
    warnings: unclear.map(
      (saver) =>
        `${saver} is left out of missingOutputs: there is no path that could be looked at before it runs.`,
    ),
  };
}
