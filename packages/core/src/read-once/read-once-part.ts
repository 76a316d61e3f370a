import type { Part } from '../engine/part.js';
import type { NodeDraft } from '../model/definition.js';
import type { CoreProblem } from '../errors/catalogue.js';
import { isEmpty } from '../model/is-empty.js';
import { isSpentByRun } from '../model/is-read-once.js';
import { refusal, sharedSlots } from './find-readers.js';

/**
 * Refuses with `FP_READ_TWICE` what a second reader would find empty: an iterator or a stream that several nodes read,
 * and one in the configuration, or bound to a parameter, which only the first run could read. Without it the second
 * reader goes on with nothing. A driver of `createDriver` has it.
 *
 * @example
 * ```ts
 * import { readOncePart } from '@flowerpower/core/checks';
 * import { createEngine } from '@flowerpower/core/engine';
 *
 * const m = {
 *   lines: () => ['a', 'b'].values(),
 *   first: ({ lines }: { lines: Iterable<string> }) => [...lines][0],
 *   count: ({ lines }: { lines: Iterable<string> }) => [...lines].length,
 * };
 * createEngine({ modules: [m] }).executeSync(['first', 'count']); // { first: 'a', count: 0 }
 * createEngine({ modules: [m], parts: [readOncePart()] }).executeSync(['first', 'count']); // throws FP_NODE_FAILED
 * ```
 */
export function readOncePart(): Part {
  return {
    readers: { sharedSlots, refusal },
    bind(nodes, report, config) {
      for (const [name, value] of Object.entries(config)) {
        if (isSpentByRun(value)) report(spentProblem(`The configuration gives '${name}'`));
      }
      for (const node of nodes.values()) {
        if (isEmpty(node.bound) || Object.hasOwn(config, node.name)) continue;
        for (const [name, value] of Object.entries(node.bound)) {
          if (isSpentByRun(value)) report(spentProblem(`'${name}' of '${node.name}' is bound to`, node));
        }
      }
    },
  };
}

function spentProblem(what: string, node?: NodeDraft): CoreProblem {
  return {
    code: 'FP_READ_TWICE',
    message: `${what} a value that can be read only once, but every run would read it.`,
    hint: 'Give an array, or give the value as an input of one run.',
    places: node?.place ? [node.place] : [],
  };
}
