/** A fan-out that runs as it is read: only so many items are under way or wait to be read. */
import type { Block } from '../../plan/plan.js';
import type { Frame } from '../../run/frame.js';
import type { BegunFanOuts, Closable } from './begun-fan-outs.js';
import { ItemPump } from './item-pump.js';
import { endOfRun, noteUnended, readAgain } from './stream-end.js';

/** Results that wait to be read, items under way included, where the expander does not say how many. */
const defaultAhead = 64;

type Step = IteratorResult<unknown, undefined>;

interface Reader {
  resolve(step: Step): void;
  reject(error: Error): void;
}

/** May be read once. Nothing starts before the first item is asked for. */
export function streamBlock(
  fanOuts: BegunFanOuts,
  frame: Frame,
  slot: number,
  block: Block,
  given: readonly unknown[],
): AsyncIterableIterator<unknown> {
  return new BlockStream(fanOuts, frame, slot, block, given);
}

class BlockStream implements AsyncIterableIterator<unknown>, Closable {
  readonly #fanOuts: BegunFanOuts;
  readonly #frame: Frame;
  readonly #slot: number;
  readonly #given: readonly unknown[];
  readonly #pump: ItemPump;
  /** Finished items by position, from the next one to be read on. */
  readonly #results = new Map<number, unknown>();
  readonly #readers: Reader[] = [];
  readonly #closing: (() => void)[] = [];
  #next = 0;
  #state: 'new' | 'open' | 'ended' = 'new';
  #error: Error | undefined;
  #stopError: Error | undefined;

  constructor(fanOuts: BegunFanOuts, frame: Frame, slot: number, block: Block, given: readonly unknown[]) {
    const ahead = block.concurrency ?? defaultAhead;
    this.#fanOuts = fanOuts;
    this.#frame = frame;
    this.#slot = slot;
    this.#given = given;
    this.#pump = new ItemPump(fanOuts, frame, block, {
      hasRoom: (started) => started - this.#next < ahead,
      deliver: (index, results) => {
        this.#results.set(index, results[0]);
        if (index === this.#next) this.#serve();
      },
      end: (error) => this.#end(error),
    });
    fanOuts.open.add(this);
  }

  [Symbol.asyncIterator](): this {
    if (this.#state === 'ended') throw this.#error ?? readAgain();
    return this;
  }

  next(): Promise<Step> {
    return new Promise((resolve, reject) => {
      this.#readers.push({ resolve, reject });
      if (this.#state === 'new') {
        this.#state = 'open';
        this.#pump.open(this.#given);
      }
      this.#serve();
      if (this.#state === 'open') this.#pump.pump();
    });
  }

  async return(): Promise<Step> {
    await this.#stop(undefined);
    return { done: true, value: undefined };
  }

  /** Whoever reads on after the run must not take the end of the run for the end of the items. */
  close(): Promise<void> | undefined {
    return this.#stop(endOfRun(this.#fanOuts, this.#frame, this));
  }

  /** Takes no further item and waits for those under way. */
  #stop(error: Error | undefined): Promise<void> | undefined {
    this.#results.clear();
    if (this.#state === 'ended') return undefined;
    this.#stopError = error;
    if (this.#state === 'new') {
      noteUnended(this.#fanOuts, this.#frame, this.#slot);
      this.#end(undefined);
      return undefined;
    }
    return new Promise((resolve) => {
      this.#closing.push(resolve);
      this.#pump.close();
    });
  }

  /** Answers readers in the order they came, as far as the results are there. */
  #serve(): void {
    while (this.#readers.length > 0) {
      if (this.#results.has(this.#next)) {
        const value = this.#results.get(this.#next);
        this.#results.delete(this.#next++);
        this.#readers.shift()!.resolve({ done: false, value });
      } else if (this.#state !== 'ended') return;
      else if (this.#error === undefined) this.#readers.shift()!.resolve({ done: true, value: undefined });
      else {
        // Told once; whoever reads on after an error finds the end.
        const error = this.#error;
        this.#error = undefined;
        this.#readers.shift()!.reject(error);
      }
    }
  }

  #end(error: Error | undefined): void {
    this.#state = 'ended';
    this.#error = error ?? this.#stopError;
    if (error !== undefined) noteUnended(this.#fanOuts, this.#frame, this.#slot);
    this.#fanOuts.open.delete(this);
    this.#serve();
    for (const closed of this.#closing) closed();
  }
}
