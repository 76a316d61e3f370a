/**
 * Takes items from an expander one after the other and runs the nodes of the fan-out for each, with a bounded
 * number of items under way. Whoever uses it decides what becomes of the results.
 */
import { shapeOf } from '../../errors/shape-of.js';
import { asPromise } from '../../model/as-promise.js';
import type { Block, Plan } from '../../plan/plan.js';
import { failSlot } from '../../run/fail-slot.js';
import { isThenable } from '../../model/is-thenable.js';
import { givenBy } from '../../model/promises.js';
import type { CallTable } from '../../run/call-table.js';
import { Frame, type FrameOwner, noteFailure, statusOf, succeeded } from '../../run/frame.js';
import { isMissingValue, MissingValue } from '../../run/missing-value.js';
import { NodeExecutionError } from '../../run/node-execution-error.js';
import { isRefusal, refusePromise } from '../../run/refuse-promise.js';
import { runConcurrently } from '../../run/run-concurrently.js';
import type { RunContext } from '../../run/run-context.js';
import { runInOrder } from '../../run/run-in-order.js';
import type { BegunFanOuts } from './begun-fan-outs.js';
import { closeItems } from './close-items.js';
import { missGivenValues } from './miss-given-values.js';
import { Interruption } from './interruption.js';
import { type ItemSource, openItems } from './item-source.js';

/** Items under way at once, where neither the expander nor the run says how many. */
const defaultConcurrency = 64;

export interface ItemSink {
  /** True when promises are refused, because the results are read one by one without waiting. */
  readonly isSynchronous?: boolean;
  /** Whether there is room for the results of one more item. `started` counts the items until now. */
  hasRoom(started: number): boolean;
  /** The results of an item, in the order of the block's outputs. The array is used again for the next item. */
  deliver(index: number, results: readonly unknown[]): void;
  /** Called once, when no item runs and none will start. `error` is a failure, or an {@link Interruption}. */
  end(error: Error | undefined): void;
}

export class ItemPump implements FrameOwner {
  readonly #fanOuts: BegunFanOuts;
  readonly #run: RunContext;
  readonly #parent: Frame;
  readonly #calls: CallTable;
  readonly #block: Block;
  readonly #sink: ItemSink;
  readonly #concurrency: number;
  /** True when a failing item is a result like any other, as far as it reaches settled outputs only. */
  readonly #collectsErrors: boolean;
  readonly isSynchronous: boolean;
  /** True when a failure fails the outputs that depend on it, and no others. */
  readonly #isolates: boolean;
  /** Given slots of an item whose values several nodes read. Empty for most fan-outs. */
  readonly #sharedSlots: readonly number[];
  readonly #failedOutputs = new Map<number, NodeExecutionError>();
  readonly #results: unknown[] = [];
  #source: ItemSource | undefined;
  #started = 0;
  #inFlight = 0;
  #isPulling = false;
  #isPumping = false;
  #isExhausted = false;
  #hasPromises = false;
  /** What needs what has failed around the fan-out, by slots, with the failure. */
  readonly #lost = new Map<number, NodeExecutionError>();
  #isClosed = false;
  #hasEnded = false;
  #failure: NodeExecutionError | undefined;
  #cutOff: NodeExecutionError | undefined;

  constructor(fanOuts: BegunFanOuts, parent: Frame, block: Block, sink: ItemSink) {
    const { run } = fanOuts;
    this.#fanOuts = fanOuts;
    this.#run = run;
    this.#parent = parent;
    this.#calls = fanOuts.callsOf(block.plan);
    this.#block = block;
    this.#sink = sink;
    const { limit } = run.permits;
    this.#concurrency =
      block.concurrency ?? (limit === Number.POSITIVE_INFINITY ? defaultConcurrency : limit);
    this.#collectsErrors = block.outputs.some(({ settled }) => settled);
    this.isSynchronous = parent.owner.isSynchronous || sink.isSynchronous === true;
    this.#isolates =
      run.onError === 'continue' || (parent.owner instanceof ItemPump && parent.owner.#collectsErrors);
    this.#sharedSlots = sharedItems(block.plan);
  }

  /** True when the rest of an item, and other items, are run after a failure. */
  get #goesOn(): boolean {
    return this.#collectsErrors || this.#isolates;
  }

  /** True once no further node of an item may start. */
  get isStopped(): boolean {
    return this.#failure !== undefined || this.#isClosed || this.#parent.owner.isStopped;
  }

  /** Why an output has no results, by its index. */
  get failedOutputs(): ReadonlyMap<number, NodeExecutionError> {
    return this.#failedOutputs;
  }

  /** A failing item fails the fan-out at once, unless something may come of the others. */
  onFailure(error: NodeExecutionError): void {
    if (!this.#goesOn) this.#fail(error);
  }

  /** In a run that could wait it is whoever reads the items one by one who cannot. */
  refuse(node: string, promise: PromiseLike<unknown>): Error {
    return this.#run.isSynchronous
      ? refusePromise(node, promise)
      : refusePromise(
          node,
          promise,
          'cannot be waited for while its fan-out is read as an iterable',
          "Collect it as an array, or with { as: 'asyncIterable' }.",
        );
  }

  /** @param given - what the block takes, as `openItems` has it. */
  open(given: readonly unknown[]): void {
    try {
      this.#source = openItems(given, this.#block);
      this.#lose(given);
    } catch (error) {
      this.#fail(this.#expanderFailure(error));
      this.#isExhausted = true;
    }
    this.pump();
  }

  /** What needs a value that is missing is missing as a whole, however many items there are. */
  #lose(given: readonly unknown[]): void {
    const { outputs, plan } = this.#block;
    for (const [slot, value] of given.entries()) if (isMissingValue(value)) this.#lost.set(slot, value.error);
    for (let slot = plan.given; slot < plan.count; slot++) {
      for (const arg of plan.args.subarray(plan.argStart[slot], plan.argStart[slot + 1]))
        if (this.#lost.has(arg)) this.#lost.set(slot, this.#lost.get(arg)!);
    }
    for (const [index, { slot }] of outputs.entries())
      if (this.#lost.has(slot)) this.#failOutput(index, this.#lost.get(slot)!);
  }

  /** Takes no further item; those under way are finished. */
  close(): void {
    this.#isClosed = true;
    this.pump();
  }

  /** Starts as many items as there is room for. */
  readonly pump = (): void => {
    if (this.#isPumping) return;
    this.#isPumping = true;
    const { permits } = this.#run;
    while (
      !this.#isExhausted &&
      !this.#isPulling &&
      this.#inFlight < this.#concurrency &&
      this.#sink.hasRoom(this.#started) &&
      !this.isStopped
    ) {
      if (!permits.isFree && !this.isSynchronous) {
        permits.wait(this.pump);
        break;
      }
      this.#pull();
    }
    this.#isPumping = false;
    this.#endIfIdle();
  };

  #pull(): void {
    try {
      const step = this.#source!.next();
      if (isThenable(step)) this.#await(step, (taken) => taken);
      else this.#take(step);
    } catch (error) {
      this.#failSource(error);
    }
  }

  #take(step: IteratorResult<unknown>): void {
    // Otherwise it would never be done: iterators of one's own may give anything.
    if (Object(step) !== step)
      throw new TypeError(`next() gave ${shapeOf(step)}, where { done, value } is needed.`);
    if (step.done) this.#isExhausted = true;
    else if (isPromise(step.value)) {
      // A list may hold promises of its items.
      if (!this.#hasPromises) this.#source!.watchPromises();
      this.#hasPromises = true;
      this.#await(step.value, (value) => ({ done: false, value }));
    } else this.#start(step.value);
  }

  /** Promises are awaited in their order, as `for await` does. Nobody would hear of what is thrown behind them. */
  #await<T>(promise: PromiseLike<T>, stepOf: (value: T) => IteratorResult<unknown>): void {
    const { name } = this.#block.expander;
    if (this.isSynchronous)
      throw this.refuse(name, givenBy(promise, `The iterator of '${name}' gave a promise`));
    this.#isPulling = true;
    const goOn = (act: () => void) => {
      this.#isPulling = false;
      try {
        act();
      } catch (error) {
        this.#failSource(error);
      }
      this.pump();
    };
    asPromise(promise).then(
      (value) =>
        goOn(() => {
          const step = stepOf(value);
          if (!this.isStopped || step.done) this.#take(step);
        }),
      (error: unknown) =>
        goOn(() => {
          throw error;
        }),
    );
  }

  #start(item: unknown): void {
    const { plan } = this.#block;
    const index = this.#started++;
    const frame = new Frame(this.#calls, this.#source!.valuesFor(index, item), this, this.#parent, index);
    const isRefused = this.#sharedSlots.length > 0 && this.#refuseIterators(frame);
    if (isRefused && this.#failure !== undefined) return;
    const lacksValues =
      isRefused || (this.#block.columns.length + this.#lost.size > 0 && frame.values.some(isMissingValue));
    if (lacksValues || plan.branches !== undefined) {
      this.#schedule(frame, undefined);
      return;
    }
    const outcome = runInOrder(this.#run, frame);
    if (outcome.kind === 'done') this.#finish(frame);
    else if (outcome.kind === 'failed') {
      if (this.#goesOn) this.#schedule(frame, outcome);
      else failSlot(this.#run, frame, outcome.slot, outcome.error);
    } else if (outcome.kind === 'promise') {
      const { slot, promise } = outcome;
      if (this.isSynchronous) {
        failSlot(this.#run, frame, slot, this.refuse(plan.nodes[slot]!.name, promise));
        if (this.#goesOn) this.#fail(frame.failures![0]!);
      } else if (slot === plan.count - 1 && plan.blocks === undefined) this.#followLast(frame, slot, promise);
      else this.#schedule(frame, outcome);
    }
  }

  /** What several nodes of an item would read, and only the first one could. True when there is something. */
  #refuseIterators(frame: Frame): boolean {
    const { plan, values, item } = frame;
    let isRefused = false;
    for (const slot of this.#sharedSlots) {
      const cause = this.#run.readers!.refusal(plan, slot, values[slot], this.#run.branches);
      if (cause === undefined) continue;
      isRefused = true;
      const node = plan.nodes[slot]!;
      const failure = new NodeExecutionError({ node, inputs: [], item, cause });
      if (!this.#goesOn) {
        this.#fail(failure);
        return true;
      }
      this.#fanOuts.countFailure(node.name);
      values[slot] = new MissingValue(failure);
    }
    return isRefused;
  }

  /** Nothing else can become ready while the last slot is awaited, so there is nothing to schedule. */
  #followLast(frame: Frame, slot: number, promise: PromiseLike<unknown>): void {
    const { permits } = this.#run;
    permits.take();
    this.#inFlight++;
    asPromise(promise).then(
      (value: unknown) => {
        frame.values[slot] = value;
        frame.ranInOrder = true;
        // Before the permit is free: whoever gets it may find that nothing is under way any more.
        this.#finish(frame);
        this.#inFlight--;
        permits.release();
        this.pump();
      },
      (error: unknown) => {
        statusOf(frame).fill(succeeded, 0, slot);
        failSlot(this.#run, frame, slot, error);
        if (this.#goesOn) this.#finish(frame);
        this.#inFlight--;
        permits.release();
        this.pump();
      },
    );
  }

  #schedule(frame: Frame, from: Parameters<typeof runConcurrently>[2]['from']): void {
    this.#inFlight++;
    let isAsync = false;
    runConcurrently(this.#run, frame, {
      onError: this.#goesOn ? 'continue' : 'fail',
      from,
      onBegin: (ready, skipDependents) => missGivenValues(frame, ready, skipDependents),
      onDone: () => {
        this.#inFlight--;
        this.#finish(frame);
        if (isAsync) this.pump();
      },
    });
    isAsync = true;
  }

  /** Gives the results of an item, unless it did not come to an end. */
  #finish(frame: Frame): void {
    const { outputs } = this.#block;
    const { values, failures } = frame;
    if (failures === undefined && !frame.ranInOrder && this.isStopped && this.#isUnfinished(frame)) return;
    const results = this.#results;
    for (let index = 0; index < outputs.length; index++) {
      const { slot, settled, carried } = outputs[index]!;
      if (this.#lost.has(slot)) continue;
      const failure = failures === undefined ? undefined : failureOf(frame, slot);
      if (failure === undefined) {
        results[index] = settled ? { status: 'fulfilled', value: values[slot] } : values[slot];
      } else if (this.isSynchronous && isRefusal(failure)) {
        this.#fail(failure);
        return;
      } else if (settled) results[index] = { status: 'rejected', reason: failure };
      else if (carried === 'settled' || (carried === 'plain' && this.#goesOn)) {
        results[index] = new MissingValue(failure);
      } else if (!this.#failOutput(index, failure)) return;
    }
    if (failures !== undefined) this.#countFailures(frame, failures);
    this.#sink.deliver(frame.index, results);
  }

  #isUnfinished(frame: Frame): boolean {
    const status = statusOf(frame);
    return this.#block.outputs.some(({ slot }) => slot >= frame.plan.given && status[slot] !== succeeded);
  }

  /** @returns false when the whole fan-out has failed with it. */
  #failOutput(index: number, failure: NodeExecutionError): boolean {
    if (!this.#failedOutputs.has(index)) this.#failedOutputs.set(index, failure);
    this.#passOn(failure);
    if (this.#isolates && this.#failedOutputs.size < this.#block.outputs.length) return true;
    this.#fail(failure);
    return false;
  }

  /** Failures that came with the item were counted where they happened. */
  #countFailures({ plan, blame }: Frame, failures: readonly NodeExecutionError[]): void {
    const before = new Set([...(blame ?? [])].flatMap(([slot, error]) => (slot < plan.given ? error : [])));
    for (const failure of failures) {
      if (!before.has(failure)) this.#fanOuts.countFailure(failure.node);
    }
  }

  /** Only the first failure counts; the others may be its consequences. */
  #fail(error: NodeExecutionError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#passOn(error);
  }

  #passOn(error: NodeExecutionError): void {
    this.#fanOuts.innerFailures.add(error);
    noteFailure(this.#parent, error);
    this.#parent.owner.onFailure(error);
  }

  #failSource(error: unknown): void {
    this.#isExhausted = true;
    const failure = this.#expanderFailure(error, `while it listed item ${this.#started}`);
    // Something stands for the whole list; but whoever reads it as a stream must hear that it has ended too early.
    if (this.#parent.replaced?.has(this.#block.expander)) this.#cutOff = failure;
    else this.#fail(failure);
  }

  #expanderFailure(cause: unknown, doing?: string): NodeExecutionError {
    const node = this.#block.expander;
    const { item } = this.#parent;
    return new NodeExecutionError({ node, inputs: [], item, cause, doing });
  }

  #endIfIdle(): void {
    const isOver = this.#isExhausted || this.isStopped;
    if (!isOver || this.#inFlight > 0 || this.#isPulling || this.#hasEnded) return;
    this.#hasEnded = true;
    const { name } = this.#block.expander;
    const closing = this.#isExhausted
      ? undefined
      : closeItems(this.#source, name, (message, error) => this.#fanOuts.warn(message, error));
    if (closing === undefined) this.#end();
    else closing.then(() => this.#end());
  }

  #end(): void {
    const isWhole = this.#isExhausted || this.#isClosed;
    this.#sink.end(
      this.#failure ??
        this.#cutOff ??
        (isWhole && !this.#parent.owner.isStopped ? undefined : new Interruption()),
    );
  }
}

const none: readonly number[] = [];

function sharedItems({ shared, sources, given }: Plan): readonly number[] {
  if (shared === undefined) return none;
  const slots: number[] = [];
  for (let slot = 0; slot < given; slot++) {
    if (shared[slot] === 1 && sources[slot] === 'item') slots.push(slot);
  }
  return slots;
}

/** An item that cannot be asked is an item like any other. */
function isPromise(item: unknown): item is PromiseLike<unknown> {
  try {
    return isThenable(item);
  } catch {
    return false;
  }
}

function failureOf(frame: Frame, slot: number): NodeExecutionError | undefined {
  if (slot < frame.plan.given || statusOf(frame)[slot] === succeeded) return undefined;
  const name = frame.plan.nodes[slot]?.name;
  return frame.blame?.get(slot) ?? frame.failures!.find(({ node }) => node === name) ?? frame.failures![0]!;
}
