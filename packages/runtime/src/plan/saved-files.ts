/** Where savers write, as far as it is known before anything runs. */
import type { FileRef } from '../context/file-systems.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import { pathsInCode } from '../pipeline/paths-in-code.js';

export interface SavedFile {
  /** The node that saves. */
  readonly saver: string;
  /** Undefined where only the run decides, or where there is no file, as with a table of a database. */
  readonly file: FileRef | undefined;
}

/** @param given - values by the names of inputs, config keys and overridden nodes. */
export function savedFiles(
  built: Pick<BuiltPipeline, 'graph' | 'savers'>,
  savers: readonly string[],
  given: Readonly<Record<string, unknown>>,
): SavedFile[] {
  const ofIo = new Map(built.savers.map((saver) => [saver.node, saver]));
  const inCode = new Map(
    pathsInCode(built.graph, given, (node) => savers.includes(node)).map((named) => [named.node, named]),
  );
  return savers.map((saver) => {
    const { path, storageOptions } = ofIo.get(saver) ?? inCode.get(saver) ?? {};
    return { saver, file: path === undefined ? undefined : { path, storageOptions } };
  });
}
