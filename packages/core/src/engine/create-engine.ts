import { badOption } from '../errors/bad-option.js';
import { briefly } from '../errors/fault.js';
import type { InputsOf, NodesOf } from '../types/infer.js';
import type { Intersect } from '../types/intersect.js';
import { type AnyPart, composeEngine } from './compose-engine.js';
import type { Engine, GraphOptions } from './engine.js';
import type { Part } from './part.js';

export interface EngineOptions<Modules extends readonly object[], Parts extends readonly AnyPart[]>
  extends GraphOptions<Modules> {
  /** What the engine can do besides running functions, from the inside out. Default: nothing. */
  readonly parts?: Parts;
}

type AddsOf<Parts extends readonly AnyPart[]> = Intersect<
  { [I in keyof Parts]: Parts[I] extends Part<infer Adds, never> ? Adds : never }[number]
>;

type OptionsOf<Parts extends readonly AnyPart[]> = Intersect<
  { [I in keyof Parts]: Parts[I] extends Part<object, infer Options> ? Options : never }[number]
>;

/**
 * Builds the graph of some modules, as `createDriver` does, with the parts that are named and no others. For those
 * who count bytes: functions, inputs, overrides, promises, errors and reports need no part.
 *
 * | part | from | what it brings |
 * | --- | --- | --- |
 * | `fanOutPart()` | `/fan-out` | `parallelizable`, `collect` |
 * | `readOncePart()` | `/checks` | refuses that several nodes read one iterator or stream |
 * | `branchPart()` | `/modifiers` | `branch` |
 * | `cachePart({ store })` | `/cache` | the cache, and `driver.cache` |
 * | `adaptersPart([…])` | `/adapters` | observers and middleware, and the option `adapters` of a run |
 * | `inspectionPart()` | `/inspect` | `plan`, `validateExecution`, `upstreamOf`, `versions` and their like as methods |
 * | `explanationsPart()` | `/explanations` | hints and suggestions in the errors of graphs and requests; parameters that a bundler renamed |
 * | `optionChecksPart()` | `/engine` | errors for options, of the engine and of runs, that types would have refused |
 * | `guardedLogPart()` | `/engine` | a log that throws or rejects decides nothing |
 * | `paramsPart({…})`, `executorsPart({…})` | `/engine` | `params` and `executors` of `createDriver` |
 *
 * A graph that needs a part that is not there is an error when it is built. Options are checked by types alone: with
 * `optionChecksPart()` those that types would have refused are `FP_BAD_OPTION`, without it a misspelt one is ignored.
 *
 * @throws FlowerPowerError as `createDriver` does; `FP_BAD_OPTION` for `parts` that are none.
 *
 * @example
 * ```ts
 * import { createEngine } from '@flowerpower/core/engine';
 * import { inspectionPart } from '@flowerpower/core/inspect';
 *
 * const m = { net: ({ gross }: { gross: number }) => gross / 1.25 };
 * const engine = createEngine({ modules: [m], parts: [inspectionPart()] });
 * engine.executeSync(['net'], { inputs: { gross: 10 } }); // { net: 8 }
 * engine.upstreamOf('net'); // ['gross', 'net']
 * ```
 */
export function createEngine<
  const Modules extends readonly object[],
  const Parts extends readonly AnyPart[] = readonly [],
>(
  options: EngineOptions<Modules, Parts>,
): Engine<NodesOf<Modules>, InputsOf<Modules>, OptionsOf<Parts>> & AddsOf<Parts> {
  const { parts = [] } = options;
  // What is no part, such as a function that was not called, would be one that does nothing.
  if (!(Array.isArray(parts) && parts.every((part) => isPart(part))))
    throw badOption('parts must be a list of parts, such as [fanOutPart()].');
  // The names of the modules, and what the parts add, are known to the signature only.
  return composeEngine({ ...options, parts: [...parts, { explain: briefly }] }) as never;
}

function isPart(part: unknown): boolean {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
