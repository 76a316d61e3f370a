import type { LineageEvent } from './lineage-event.js';

/** Events that wait at most; the oldest but the first go then. */
const maxWaiting = 1000;

/** Delivers one event, or rejects. */
export type Transport = (event: LineageEvent, signal: AbortSignal) => Promise<void>;

export interface Outbox {
  /** Takes an event over; never waits, never throws. */
  add(event: LineageEvent): void;
  /** Resolves when nothing waits any more. */
  flush(): Promise<void>;
  /** Gives up what waits and is under way. */
  stop(): void;
}

/** Delivers events one after the other, in their order. What fails is counted and not tried again. */
export function createOutbox(transport: Transport, lost: (count: number, reason: unknown) => void): Outbox {
  const waiting: LineageEvent[] = [];
  const controller = new AbortController();
  let going: Promise<void> | undefined;

  async function deliver(): Promise<void> {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      try {
        await transport(event, controller.signal);
      } catch (error) {
        lost(1, error);
      }
    }
    going = undefined;
  }

  return {
    add(event) {
      if (controller.signal.aborted) return;
      if (waiting.length >= maxWaiting) {
        waiting.shift();
        lost(1, new Error(`more than ${maxWaiting} events wait to be sent`));
      }
      waiting.push(event);
      going ??= deliver();
    },
    flush: async () => going,
    stop() {
      if (waiting.length > 0) lost(waiting.length, new Error('the run did not wait for them'));
      waiting.length = 0;
      controller.abort();
    },
  };
}
