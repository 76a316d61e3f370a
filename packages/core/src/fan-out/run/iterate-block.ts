/** A synchronous fan-out that runs as it is read: one item at a time. */
import type { Block } from '../../plan/plan.js';
import type { Frame } from '../../run/frame.js';
import type { BegunFanOuts, Closable } from './begun-fan-outs.js';
import { ItemPump } from './item-pump.js';
import { endOfRun, noteUnended, readAgain } from './stream-end.js';

type Step = IteratorResult<unknown, undefined>;

/** May be read once. Nothing starts before the first item is asked for. */
export function iterateBlock(
  fanOuts: BegunFanOuts,
  frame: Frame,
  slot: number,
  block: Block,
  given: readonly unknown[],
): IterableIterator<unknown> {
  return new BlockIterator(fanOuts, frame, slot, block, given);
}

class BlockIterator implements IterableIterator<unknown>, Closable {
  readonly #fanOuts: BegunFanOuts;
  readonly #frame: Frame;
  readonly #slot: number;
  readonly #given: readonly unknown[];
  readonly #pump: ItemPump;
  /** At most one, because no further item is started while one waits. */
  readonly #waiting: unknown[] = [];
  #state: 'new' | 'open' | 'ended' = 'new';
  #error: Error | undefined;

  constructor(fanOuts: BegunFanOuts, frame: Frame, slot: number, block: Block, given: readonly unknown[]) {
    this.#fanOuts = fanOuts;
    this.#frame = frame;
    this.#slot = slot;
    this.#given = given;
    this.#pump = new ItemPump(fanOuts, frame, block, {
      isSynchronous: true,
      hasRoom: () => this.#waiting.length === 0,
      deliver: (_, results) => void this.#waiting.push(results[0]),
      end: (error) => {
        if (error !== undefined) noteUnended(this.#fanOuts, this.#frame, this.#slot);
        this.#end(error);
      },
    });
    fanOuts.open.add(this);
  }

  [Symbol.iterator](): this {
    if (this.#state === 'ended') throw this.#error ?? readAgain();
    return this;
  }

  next(): Step {
    if (this.#state === 'new') {
      this.#state = 'open';
      this.#pump.open(this.#given);
    } else if (this.#state === 'open') this.#pump.pump();
    if (this.#waiting.length > 0) return { done: false, value: this.#waiting.shift() };
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) throw error;
    return { done: true, value: undefined };
  }

  return(): Step {
    this.#finish(undefined);
    return { done: true, value: undefined };
  }

  /** Whoever reads on after the run must not take the end of the run for the end of the items. */
  close(): undefined {
    if (this.#state !== 'ended') this.#finish(endOfRun(this.#fanOuts, this.#frame, this));
    return undefined;
  }

  #finish(error: Error | undefined): void {
    this.#waiting.length = 0;
    const wasOpen = this.#state === 'open';
    if (!wasOpen || this.#frame.owner.isStopped) noteUnended(this.#fanOuts, this.#frame, this.#slot);
    this.#end(error);
    if (wasOpen) this.#pump.close();
  }

  #end(error: Error | undefined): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#error = error;
    this.#fanOuts.open.delete(this);
  }
}
