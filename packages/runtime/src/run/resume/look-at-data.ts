/** Whether the data that an earlier run loaded is the same now. Looks at files, and reads none of them. */
import { isFileSystemError } from '@flowerpower/fs';
import type { ExecutionContext } from '../../context/build-execution-context.js';
import type { FileRef } from '../../context/file-systems.js';
import type { BuiltPipeline } from '../../pipeline/build-pipeline.js';
import { pathsInCode } from '../../pipeline/paths-in-code.js';
import type { LoadedFacts } from '../../events/run-event.js';
import type { RecordedRun } from '../../store/run-store.js';
import { keptOf } from './kept-of.js';
import type { ResumeRequest } from './resume-request.js';

/** Of nodes that load. One that is in neither cannot be compared. */
export interface LookedAtData {
  /** Why the data is another one. */
  readonly changed: ReadonlyMap<string, string>;
  readonly same: ReadonlySet<string>;
}

interface Compared {
  /** When the earlier run began. What was written before, it read. */
  readonly startedMs: number;
  readonly facts: LoadedFacts | undefined;
  /** URIs that the run itself wrote. */
  readonly written: ReadonlySet<string>;
  readonly locate: ExecutionContext['locate'];
  readonly signal: AbortSignal | undefined;
}

/** For those who cannot look. */
export const notLookedAt: LookedAtData = { changed: new Map(), same: new Set() };

interface LookRequest {
  readonly resume: ResumeRequest;
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
}

export async function lookAtData(
  built: BuiltPipeline,
  { resume, inputs, overrides }: LookRequest,
  { locate, signal }: Pick<Compared, 'locate' | 'signal'>,
): Promise<LookedAtData> {
  const { from } = resume;
  const { input, override } = from.values;
  const now = { ...inputs, ...overrides };
  const kept = { ...keptOf(input, now), ...keptOf(override, now) };
  const given = { ...built.definition.run.config, ...built.inputs, ...kept, ...now };
  const changed = new Map<string, string>();
  const same = new Set<string>();
  const facts = factsOf(from);
  const written = new Set(
    from.events.flatMap((event) => (event.type === 'artifact.written' ? [event.metadata.uri] : [])),
  );
  const startedMs = Date.parse(from.header.startedAt);
  const look = async ([node, file]: [string, FileRef]) => {
    const known = facts.get(built.loadedAs.get(node)!);
    const found = await stateOf(file, { startedMs, facts: known, written, locate, signal });
    if (found === 'same') same.add(node);
    else if (found !== undefined) changed.set(node, `${file.path} ${found} since`);
  };
  await Promise.all([...filesOf(built, given)].map(look));
  return { changed, same };
}

/** By node that loads. */
function filesOf(
  built: BuiltPipeline,
  given: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, FileRef> {
  const inCode = pathsInCode(built.graph, given, (node) => built.loadedAs.has(node));
  return new Map([
    ...built.loaders.flatMap(({ opener, path, storageOptions }): [string, FileRef][] =>
      path === undefined ? [] : [[opener, { path, storageOptions }]],
    ),
    ...inCode.flatMap(({ node, path, storageOptions }): [string, FileRef][] =>
      node === undefined ? [] : [[node, { path, storageOptions }]],
    ),
  ]);
}

/** What the run said of the files that it read, where a loader read one alone. */
function factsOf({ events }: RecordedRun): ReadonlyMap<string, LoadedFacts> {
  const last = events.at(-1);
  const loaded = last?.type === 'run.finished' ? (last.loaded ?? {}) : {};
  return new Map(
    Object.entries(loaded).flatMap(([name, facts]) => (facts.length === 1 ? [[name, facts[0]!]] : [])),
  );
}

/** Undefined where nobody can tell: a folder or pattern, a service that does not answer, what the run itself wrote over. */
async function stateOf(
  file: FileRef,
  { startedMs, facts, written, locate, signal }: Compared,
): Promise<'same' | 'changed' | 'is gone' | undefined> {
  try {
    const { fs, path } = locate(file);
    if (written.has(fs.uri(path))) return undefined;
    const { type, size, mtime } = await fs.stat(path, { signal });
    if (type !== 'file' || mtime === undefined) return undefined;
    const isOfOtherSize = facts?.bytes !== undefined && size !== undefined && facts.bytes !== size;
    // Times of runs are whole milliseconds.
    return isOfOtherSize || Math.floor(mtime.getTime()) > startedMs ? 'changed' : 'same';
  } catch (error) {
    // A pattern is the name of no file.
    return isFileSystemError(error, 'NotFound') && !/[*?[{]|\/$/.test(file.path) ? 'is gone' : undefined;
  }
}
