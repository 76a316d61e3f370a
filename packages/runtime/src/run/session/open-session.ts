import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../clock/clock.js';
import type { PipelineDefinition } from '../../config/pipeline-definition.js';
import { createEventStream } from '../../events/event-stream.js';
import type { LogEvent, RunEvent, RunEventListener } from '../../events/run-event.js';
import { createLogger, type Logger, type LogOrigin, type LogRecord } from '../../logging/logger.js';
import { captureConsole } from '../../logging/capture-console.js';
import { isAtLeast, type LogLevel } from '../../logging/log-level.js';
import { createLogLimits } from '../../logging/log-limits.js';
import { maskStrings } from '../../logging/mask-strings.js';
import type { AdapterResolution } from '../../telemetry/resolve-adapters.js';
import { createRunWatchers, type RunWatchersOptions } from '../../telemetry/run-watchers.js';
import type { RunSession } from './run-session.js';
import type { NodeScope } from './node-scope.js';
import { createRecording, type RecordingOptions, type RunRecording } from '../recording/run-recording.js';
import type { RunOverrides } from '../prepare/run-overrides.js';
import { createRunStop, defaultGraceMs } from './run-stop.js';

export interface SessionOptions {
  readonly runId: string;
  readonly definition: PipelineDefinition;
  readonly request: RunOverrides;
  readonly recorded: RecordingOptions | undefined;
  readonly clock: Clock;
  readonly listener: RunEventListener | undefined;
  readonly log: Logger;
  readonly scope: AsyncLocalStorage<NodeScope>;
  /** Those that cannot be made keep the run from starting; it is told to nobody. */
  readonly adapters: AdapterResolution;
  readonly resolve: RunWatchersOptions['resolve'];
  readonly project: RunSession['project'];
  /** Any of them cancels the run. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/** Starts the clock of a run and ties its log and events together: each log record is an event too. */
export function openSession(options: SessionOptions): RunSession {
  const { runId, definition, request, recorded, clock, log: base, scope } = options;
  const { name: pipeline, run } = definition;
  const level = run.logLevel ?? base.level;
  const origin = (): LogOrigin => {
    const current = scope.getStore();
    // A node may start another run; the lines of that run are not lines of the node.
    if (current?.runId !== runId) return { run_id: runId, pipeline };
    const { node, attempt, item } = current;
    return { run_id: runId, pipeline, node, attempt, ...(item !== undefined && { item }) };
  };
  const { mask } = definition;
  const toSink = (record: LogRecord) => base.sink(mask === undefined ? record : maskStrings(record, mask));
  // Trouble with the listener goes to the sink alone: as an event it would meet the same listener.
  const quiet = createLogger({ level, sink: toSink, origin, clock });
  const { adapters, problems } = options.adapters;
  const watchers = createRunWatchers({
    adapters: problems.length === 0 ? adapters : [],
    clock,
    log: quiet,
    resolve: options.resolve,
    mask,
  });
  const recording =
    run.record === false || recorded === undefined
      ? undefined
      : createRecording({
          ...recorded,
          runId,
          definition,
          request,
          startedAt: new Date(clock.wallMs()).toISOString(),
          warn: (message, error) => quiet.warn(message, { error }),
        });
  const events = createEventStream({
    runId,
    pipeline,
    clock,
    listener: listenersOf({ listener: options.listener, watchers, recording }, mask),
    onListenerError: (error, type) =>
      quiet.warn(`The event listener failed at '${type}'; the run goes on, and this is said once.`, {
        error,
      }),
  });
  const limits = createLogLimits();
  // Outside of the node: what a listener prints in its own time is not the node's.
  const tellLog = (body: Omit<LogEvent, 'v' | 'seq' | 'ts' | 'runId' | 'pipeline'>) =>
    scope.exit(() => events.emit(body));
  const tellLine = (
    level: LogLevel,
    { node, attempt, item }: { readonly [Key in keyof LogOrigin]: LogOrigin[Key] | undefined },
    line: Pick<LogEvent, 'msg' | 'fields'>,
  ) => {
    const fitting = limits.take(node, attempt, line);
    if (fitting === undefined) return;
    tellLog({
      type: 'log',
      level,
      msg: fitting.msg,
      ...(node !== undefined && { node }),
      ...(attempt !== undefined && { attempt }),
      ...(item !== undefined && { item }),
      fields: fitting.fields,
    });
  };
  const isTold = options.listener !== undefined || watchers !== undefined;
  const release =
    run.captureConsole !== false && isTold
      ? captureConsole((printed, msg) => {
          if (scope.getStore()?.runId !== runId || !isAtLeast(printed, level)) return;
          tellLine(printed, origin(), { msg, fields: { console: true } });
        })
      : () => {};
  const sink = (record: LogRecord) => {
    const written: unknown = toSink(record);
    const {
      ts: _ts,
      level,
      msg,
      run_id: _runId,
      pipeline: _pipeline,
      node,
      attempt,
      item,
      ...fields
    } = record;
    if (isTold) tellLine(level, { node, attempt, item }, { msg, fields });
    return written;
  };
  return {
    runId,
    pipeline,
    project: options.project,
    clock,
    events,
    recording,
    log: createLogger({ level, sink, origin, clock }),
    stop: createRunStop({
      clock,
      timeoutMs: run.timeout === undefined ? undefined : run.timeout * 1000,
      graceMs: run.grace === undefined ? defaultGraceMs : run.grace * 1000,
      signals: options.signals,
    }),
    endLog() {
      release();
      for (const [node, count] of limits.dropped()) {
        const msg = `… ${count} ${count === 1 ? 'line' : 'lines'} dropped`;
        tellLog({ type: 'log', level: 'WARNING', msg, node, fields: {} });
      }
    },
    startedMs: clock.elapsedMs(),
    watchers,
  };
}

interface Listeners {
  readonly listener: RunEventListener | undefined;
  readonly watchers: RunSession['watchers'];
  readonly recording: RunRecording | undefined;
}

/**
 * Undefined where nobody listens, so that no event is made. The record comes first: what others do to the process is
 * their own affair.
 */
function listenersOf(
  { listener, watchers, recording }: Listeners,
  mask: PipelineDefinition['mask'],
): RunEventListener | undefined {
  if (listener === undefined && watchers === undefined && recording === undefined) return undefined;
  return (event) => {
    const told = mask === undefined ? event : maskMessages(event, mask);
    recording?.append(told);
    watchers?.onEvent(event);
    return listener?.(told);
  };
}

/** What an event says in words; names and locations in it are for programs. */
function maskMessages(event: RunEvent, mask: (text: string) => string): RunEvent {
  if (event.type === 'log')
    return { ...event, msg: mask(event.msg), fields: maskStrings(event.fields, mask) };
  return 'error' in event && event.error !== undefined
    ? { ...event, error: maskStrings(event.error, mask) }
    : event;
}
