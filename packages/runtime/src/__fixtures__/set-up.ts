/** A runner on a memory filesystem that remembers what it says. */
import { type Boundary, createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { createRegistry, type Plugin } from '@flowerpower/plugin';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import { defaultRunConfig, type RunConfig } from '../config/run-config.js';
import type { RunEvent, RunEventListener } from '../events/run-event.js';
import type { LogLevel } from '../logging/log-level.js';
import { createLogger, type LogRecord } from '../logging/logger.js';
import { createPipelineRunner } from '../run/pipeline-runner.js';
import { createVirtualClock } from './virtual-clock.js';

export interface SetUpOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly fs?: FileSystem;
  readonly plugins?: readonly Plugin[];
  readonly boundary?: Boundary;
  readonly storageOptions?: Readonly<Record<string, unknown>>;
  readonly random?: () => number;
  readonly level?: LogLevel;
  readonly onEvent?: RunEventListener;
}

export async function setUp(options: SetUpOptions = {}) {
  const fs = options.fs ?? createMemoryFileSystem();
  for (const [path, text] of Object.entries(options.files ?? {})) await fs.write(path, text);
  const events: RunEvent[] = [];
  const logs: LogRecord[] = [];
  const clock = createVirtualClock();
  const runner = createPipelineRunner({
    registry: createRegistry(options.plugins),
    fs,
    boundary: options.boundary,
    storageOptions: options.storageOptions,
    clock,
    random: options.random ?? (() => 0),
    log: createLogger({ level: options.level ?? 'INFO', sink: (record) => void logs.push(record), clock }),
    onEvent: (event) => {
      events.push(event);
      return options.onEvent?.(event);
    },
  });
  return { runner, fs, clock, events, logs };
}

type LooseRun = Partial<Omit<RunConfig, 'retry'>> & { readonly retry?: Partial<RunConfig['retry']> };

export interface LoosePipeline {
  readonly name?: string;
  readonly modules?: readonly object[];
  readonly params?: PipelineDefinition['params'];
  readonly load?: PipelineDefinition['io']['load'];
  readonly save?: PipelineDefinition['io']['save'];
  readonly run?: LooseRun;
}

/** A definition with the defaults filled in. */
export function pipeline(nodes: object, more: LoosePipeline = {}): PipelineDefinition {
  const { name = 'etl', modules = [nodes], params = {}, load = {}, save = {}, run = {} } = more;
  return {
    name,
    modules,
    params,
    io: { load, save },
    run: { ...defaultRunConfig, ...run, retry: { ...defaultRunConfig.retry, ...run.retry } },
  };
}

/** The error that a call throws or rejects with. */
export async function errorOf(run: () => unknown): Promise<Error & Record<string, unknown>> {
  try {
    await run();
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('Nothing was thrown.');
}

/** A promise with its handles. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
