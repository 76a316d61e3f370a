/** `run.json`: what is known of a run before anything of it runs. Written once. Holds no values, only their fingerprints. */
import type { RunProcess } from './run-process.js';

/** Fingerprints by name; `null` for a value that has none or is too large to compare. */
export type Fingerprints = Readonly<Record<string, string | null>>;

export interface RunHeader {
  readonly v: 1;
  readonly runId: string;
  readonly pipeline: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The process that runs it. */
  readonly process: RunProcess;
  /** The environment whose overlay was applied, where there was one. */
  readonly env?: string | undefined;
  /** The outputs that the run was asked for; absent where it was asked for what the configuration says. */
  readonly outputs?: readonly string[] | undefined;
  /** Of the whole graph. Absent when the run could not be planned. */
  readonly graphHash?: string | undefined;
  /** Of everything under `configuration`. */
  readonly configHash: string;
  /** Each entry of `run.config`, `params` and `io`, by its path: `config.market`, `io.save.report`. */
  readonly configuration: Fingerprints;
  /** Each input that the run was given, by configuration or by the caller. */
  readonly inputs: Fingerprints;
  /** Values that took the place of nodes, without those of an earlier run. */
  readonly overrides: Fingerprints;
  /** The code version of each planned node, and of each whose value is reused. */
  readonly nodeVersions: Readonly<Record<string, string>>;
  /** The run that this one resumes. */
  readonly resumeOf?: string | undefined;
  /** Of a run that resumes: what it takes over from the runs before it and does not run. */
  readonly reused?: readonly string[] | undefined;
}

/** Undefined for what is no header that this version understands. */
export function parseHeader(text: string): RunHeader | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  const header = read as Partial<RunHeader> | null;
  const isHeader =
    typeof header === 'object' &&
    header !== null &&
    header.v === 1 &&
    [header.runId, header.pipeline, header.startedAt].every((each) => typeof each === 'string') &&
    typeof header.process === 'object' &&
    header.process !== null;
  return isHeader ? (header as RunHeader) : undefined;
}
