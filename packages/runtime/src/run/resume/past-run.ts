/** What is known of the run that is resumed: what it did, and what it took over from the runs before it. */
import type { RecordedRun } from '../../store/run-store.js';

/** Nodes that need not run again unless something changed: that succeeded, or were taken over. */
export function doneIn({ header, events }: Pick<RecordedRun, 'header' | 'events'>): ReadonlySet<string> {
  const done = new Set(header.reused ?? []);
  for (const event of events) {
    if (event.type === 'node.succeeded') done.add(event.node);
    // A further attempt.
    else if (event.type === 'node.started') done.delete(event.node);
  }
  return done;
}
