import { asPromise, isThenable } from '@flowerpower/core';
import type { Clock } from '../clock/clock.js';
import type { RunEvent, RunEventListener } from './run-event.js';

type EventBody<E> = E extends RunEvent ? Omit<E, 'v' | 'seq' | 'ts' | 'runId' | 'pipeline'> : never;

/** Numbers and stamps the events of one run and hands them to the listener. */
export interface EventStream {
  /** Never throws, whatever the listener does. */
  emit(event: EventBody<RunEvent>): void;
  /** Nothing is emitted afterwards. */
  close(): void;
}

/** @param onListenerError - receives, once, what the listener throws or rejects with. It must not emit. */
export function createEventStream(options: {
  readonly runId: string;
  readonly pipeline: string;
  readonly clock: Clock;
  readonly listener: RunEventListener | undefined;
  readonly onListenerError: (error: unknown, type: string) => void;
}): EventStream {
  const { runId, pipeline, clock, listener, onListenerError } = options;
  let seq = 0;
  let closed = false;
  let isReported = false;
  const report = (error: unknown, type: string) => {
    if (isReported) return;
    isReported = true;
    onListenerError(error, type);
  };
  return {
    emit(body) {
      if (listener === undefined || closed) return;
      const { type, ...rest } = body;
      const ts = new Date(clock.wallMs()).toISOString();
      const event = { v: 1, type, seq: ++seq, ts, runId, pipeline, ...rest } as RunEvent;
      try {
        const returned: unknown = listener(event);
        if (isThenable(returned)) asPromise(returned).catch((error: unknown) => report(error, type));
      } catch (error) {
        report(error, type);
      }
    },
    close: () => void (closed = true),
  };
}
