/** What a run has to say of its store: the first trouble of a kind when it happens, the others as a number at its end. */
import { nameList } from '../errors/name-list.js';
import type { NodeLog } from '../model/functions.js';

export interface StoreWarnings {
  /** @param kind - for the sentence that counts: `could not be stored`. */
  warn(kind: string, message: string, node: string, fields: Readonly<Record<string, unknown>>): void;
  end(): void;
}

export function createStoreWarnings(log: NodeLog, common: Readonly<Record<string, unknown>>): StoreWarnings {
  const reported = new Map<string, { more: number; readonly nodes: Set<string> }>();
  return {
    warn(kind, message, node, fields) {
      const known = reported.get(kind);
      if (known === undefined) {
        reported.set(kind, { more: 0, nodes: new Set() });
        log.warn(message, { ...common, node, ...fields });
        return;
      }
      known.more++;
      known.nodes.add(node);
    },
    end() {
      for (const [kind, { more, nodes }] of reported) {
        if (more === 0) continue;
        const what = more === 1 ? 'One more value' : `${more} more values`;
        log.warn(`${what} ${kind}: ${nameList(nodes)}.`, common);
      }
      reported.clear();
    },
  };
}
