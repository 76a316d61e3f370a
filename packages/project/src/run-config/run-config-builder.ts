/** The settings of one call, said step by step. */
import { isRecord, setOwnProperty } from '@flowerpower/core';
import { checkPipelineOverrides, type PipelineOverrides } from '../pipelines/pipeline-overrides.js';

/** A setting that is given: what takes a lower layer back is written in the object itself. */
type Given<Key extends keyof PipelineOverrides> = Exclude<PipelineOverrides[Key], null | undefined>;
type Retry = Exclude<Given<'retry'>, string>;

/**
 * Collects what a call of `run` changes against the files; what it builds is the plain object that could be written by hand.
 * Each method gives the builder back. Maps of several calls are merged as the layers of a configuration are, key by key;
 * lists and single values of a later call replace the earlier ones.
 *
 * @example
 * ```ts
 * import { RunConfigBuilder } from 'flowerpower';
 *
 * const config = new RunConfigBuilder()
 *   .withInputs({ name: 'Ada' })
 *   .withMaxRetries(2)
 *   .withLogLevel('DEBUG')
 *   .build();
 * config; // { inputs: { name: 'Ada' }, retry: { maxRetries: 2 }, logLevel: 'DEBUG' }
 * // await project.run('hello', config);
 * ```
 */
export class RunConfigBuilder {
  #settings: PipelineOverrides = {};

  /** A builder that begins with these settings. They stay as they are. */
  static fromConfig(config: PipelineOverrides): RunConfigBuilder {
    return new RunConfigBuilder().with(config);
  }

  /** Any settings, by their names. */
  with(settings: PipelineOverrides): this {
    checkPipelineOverrides(settings, 'RunConfigBuilder');
    this.#settings = merged(this.#settings, settings);
    return this;
  }

  withInputs(inputs: Given<'inputs'>): this {
    return this.with({ inputs });
  }

  /** The nodes to compute: `outputs` of a call. */
  withFinalVars(outputs: readonly string[]): this {
    return this.with({ outputs });
  }

  withConfig(config: Given<'config'>): this {
    return this.with({ config });
  }

  withParams(params: Given<'params'>): this {
    return this.with({ params });
  }

  /** Values that take the place of nodes. */
  withOverrides(overrides: Given<'overrides'>): this {
    return this.with({ overrides });
  }

  withCache(cache: Given<'cache'>): this {
    return this.with({ cache });
  }

  /** Observers and middleware of the run, beside those of earlier calls. */
  withAdapter(...adapters: Given<'adapters'>): this {
    return this.with({ adapters: [...(this.#settings.adapters ?? []), ...adapters] });
  }

  /** What watches the run, by the names that plugins give: `{ progress: true }`. */
  withAdapterCfg(withAdapter: Given<'withAdapter'>): this {
    return this.with({ withAdapter });
  }

  /** Its name, or its settings. */
  withExecutor(executor: Given<'executor'>): this {
    return this.with({ executor });
  }

  withRetryConfig(retry: Retry): this {
    return this.with({ retry });
  }

  withMaxRetries(maxRetries: number): this {
    return this.with({ retry: { maxRetries } });
  }

  /** Seconds. */
  withRetryDelay(retryDelay: number): this {
    return this.with({ retry: { retryDelay } });
  }

  withJitterFactor(jitterFactor: number): this {
    return this.with({ retry: { jitterFactor } });
  }

  withRetryExceptions(retryExceptions: readonly string[]): this {
    return this.with({ retry: { retryExceptions } });
  }

  /** Seconds for the whole run. */
  withTimeout(timeout: number): this {
    return this.with({ timeout });
  }

  withMaxConcurrency(maxConcurrency: number): this {
    return this.with({ maxConcurrency });
  }

  withOnError(onError: Given<'onError'>): this {
    return this.with({ onError });
  }

  withLogLevel(logLevel: Given<'logLevel'>): this {
    return this.with({ logLevel });
  }

  withAdditionalModules(additionalModules: readonly string[]): this {
    return this.with({ additionalModules });
  }

  withReload(reload = true): this {
    return this.with({ reload });
  }

  withCallbacks(callbacks: Pick<PipelineOverrides, 'onSuccess' | 'onFailure'>): this {
    return this.with(callbacks);
  }

  withOnSuccess(onSuccess: Given<'onSuccess'>): this {
    return this.with({ onSuccess });
  }

  withOnFailure(onFailure: Given<'onFailure'>): this {
    return this.with({ onFailure });
  }

  /** Forgets everything. */
  reset(): this {
    this.#settings = {};
    return this;
  }

  /** The settings, for any number of calls; later calls of the builder do not change them. */
  build(): PipelineOverrides {
    return this.#settings;
  }
}

/** Maps whose keys are settings, or data of the user that layers merge. */
const maps = ['config', 'params', 'executor', 'retry', 'cache', 'withAdapter'];

function merged(before: PipelineOverrides, after: PipelineOverrides): PipelineOverrides {
  const result: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    // Inputs and overrides are replaced name by name, as by the run itself.
    if (key === 'inputs' || key === 'overrides')
      result[key] = { ...(result[key] as object), ...(value as object) };
    else
      result[key] = maps.includes(key) ? mergedMaps(written(key, result[key]), written(key, value)) : value;
  }
  return Object.freeze(result);
}

/** The short form written out. */
function written(key: string, value: unknown): unknown {
  if (key === 'executor' && typeof value === 'string') return { type: value };
  if (key === 'cache' && typeof value === 'boolean') return { enabled: value };
  return value;
}

function mergedMaps(before: unknown, after: unknown): unknown {
  if (!isMap(before) || !isMap(after)) return after;
  const result = { ...before };
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    setOwnProperty(result, key, Object.hasOwn(result, key) ? mergedMaps(result[key], value) : value);
  }
  return result;
}

/** What has a class of its own is one value. */
function isMap(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
