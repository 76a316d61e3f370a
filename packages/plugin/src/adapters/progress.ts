import { boundedList } from '@flowerpower/core';
import { defineAdapter, type WatchedEvent } from '../contract/adapter.js';

/** Milliseconds between two lines at least. */
const everyMs = 1000;

/**
 * Built in as `progress`: says about once a second, and at the end of the run, how many nodes have ended and which run, as a
 * line of the log. The command line shows its own progress besides.
 */
export const progress = defineAdapter({
  create(_options: unknown, { log, clock }) {
    let total = 0;
    const ended = new Set<string>();
    const failed = new Set<string>();
    const running = new Set<string>();
    let toldMs = clock.elapsedMs();
    let said = '';

    const tell = () => {
      toldMs = clock.elapsedMs();
      const bad = failed.size === 0 ? '' : `, ${failed.size} failed`;
      const now = running.size === 0 ? '' : `; running: ${boundedList(running)}`;
      const line = `${ended.size} of ${total} nodes${bad}${now}`;
      // The last node may have ended just now.
      if (line !== said) log.info(line);
      said = line;
    };
    return {
      start({ planned }) {
        total = planned.length;
      },
      onEvent(event) {
        const { type, node } = event as WatchedEvent & { readonly node?: string };
        if (type === 'run.finished' && total > 0) tell();
        if (node === undefined) return;
        if (type === 'node.started') {
          // Another attempt begins it anew.
          ended.delete(node);
          failed.delete(node);
          running.add(node);
        } else if (endings.has(type)) {
          running.delete(node);
          ended.add(node);
          if (type === 'node.failed') failed.add(node);
          if (clock.elapsedMs() - toldMs >= everyMs) tell();
        }
      },
    };
  },
});

const endings = new Set(['node.succeeded', 'node.failed', 'node.stopped', 'node.skipped', 'node.not-chosen']);
