/** One run and its record. What the store refuses, or cannot do, is said once and changes nothing about the run. */
import { boundedList } from '@flowerpower/core';
import type { PipelineDefinition } from '../../config/pipeline-definition.js';
import type { RunEvent } from '../../events/run-event.js';
import { maskStrings } from '../../logging/mask-strings.js';
import type { RunRecord } from '../../store/record-run.js';
import type { RunHeader } from '../../store/run-header.js';
import { ownProcess } from '../../store/run-process.js';
import type { RunStore } from '../../store/run-store.js';
import type { ValueToKeep } from '../../store/value-files.js';
import type { PreparedRun } from '../prepare/prepare-run.js';
import type { RunOverrides } from '../prepare/run-overrides.js';
import { fingerprintsOf, fingerprintsOfConfiguration, hashOf } from '../resume/run-fingerprints.js';

/** Where runs are recorded, and what a record says besides. */
export interface RecordingOptions {
  readonly store: RunStore;
  /** The environment whose overlay is part of the configuration. */
  readonly env?: string | undefined;
}

export interface RunRecording {
  /** Before the first event: the head. Without `prepared` the run could not be planned; one that was to go on leaves no record then. */
  begin(prepared: PreparedRun | undefined): void;
  append(event: RunEvent): void;
  /** @param isTimeLeft - see `RunRecord.keep`. */
  keep(values: readonly ValueToKeep[], isTimeLeft: () => boolean): void;
  close(): void;
}

export interface RecordingFacts extends RecordingOptions {
  readonly runId: string;
  readonly definition: PipelineDefinition;
  readonly request: RunOverrides;
  readonly startedAt: string;
  /** Says that something of the run is not recorded, and why. */
  readonly warn: (message: string, error: unknown) => void;
}

export function createRecording(facts: RecordingFacts): RunRecording {
  const { store, definition, warn } = facts;
  const { mask } = definition;
  let record: RunRecord | undefined;
  let isOpen = true;
  let isReported = false;

  const attempt = (what: string, write: () => void) => {
    try {
      write();
    } catch (error) {
      if (!isReported) warn(`${what} The run goes on, and this is said once.`, error);
      isReported = true;
    }
  };
  const begin: RunRecording['begin'] = (prepared) =>
    attempt(`The run cannot be recorded in ${store.dir}.`, () => {
      isOpen = false;
      // What may not go on has done nothing; the run that it would have gone on from stays the last.
      if (prepared === undefined && facts.request.resume !== undefined) return;
      record = store.record(headerOf(facts, prepared));
    });

  return {
    begin,
    append(event) {
      if (isOpen) begin(undefined);
      const written = mask === undefined ? event : withoutSecrets(event, mask);
      attempt(`Not all of the run is recorded in ${store.dir}.`, () => record?.append(written));
    },
    keep(values, isTimeLeft) {
      if (values.length === 0) return;
      const names = boundedList(values.map(({ name }) => name));
      attempt(`What resuming the run would need is not kept: ${names}.`, () =>
        record?.keep(values, isTimeLeft),
      );
    },
    close: () => attempt('The record of the run cannot be closed.', () => record?.close()),
  };
}

/** What listeners get as it is, because programs use it, stays in this process: where data is. */
function withoutSecrets(event: RunEvent, mask: (text: string) => string): RunEvent {
  if (event.type === 'artifact.written') return { ...event, metadata: maskStrings(event.metadata, mask) };
  return event.type === 'run.finished' && event.loaded !== undefined
    ? { ...event, loaded: maskStrings(event.loaded, mask) }
    : event;
}

function headerOf(
  { runId, definition, request, env, startedAt }: RecordingFacts,
  prepared: PreparedRun | undefined,
): RunHeader {
  const configuration = fingerprintsOfConfiguration(definition);
  const { resume } = request;
  const versions = prepared?.built.driver.versions();
  const reached = prepared?.built.driver.upstreamOf(
    ...prepared.outputs,
    ...prepared.savers,
    ...prepared.resumed.written,
  );
  return {
    v: 1,
    runId,
    pipeline: definition.name,
    startedAt,
    process: ownProcess(),
    env,
    outputs: prepared === undefined ? request.outputs : prepared.asked,
    graphHash: versions?.graph,
    configHash: hashOf(configuration),
    configuration,
    inputs: fingerprintsOf(prepared?.inputs ?? request.inputs ?? {}),
    overrides: fingerprintsOf(prepared?.given ?? request.overrides ?? {}),
    nodeVersions: Object.fromEntries(
      (reached ?? []).flatMap((name) => {
        const { kind } = prepared!.built.graph.nodes.get(name)!;
        return kind === 'input' || kind === 'config' ? [] : [[name, versions!.nodes.get(name)!]];
      }),
    ),
    ...(resume !== undefined && {
      resumeOf: resume.from.header.runId,
      reused: prepared && [...Object.keys(prepared.resumed.values), ...prepared.resumed.written],
    }),
  };
}
