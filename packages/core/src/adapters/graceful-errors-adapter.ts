import { isInstance } from '../errors/is-error.js';
import { asPromise } from '../model/as-promise.js';
import { safeLog } from '../model/safe-log.js';
import { isThenable } from '../model/is-thenable.js';
import type { GraphNode } from '../model/graph.js';
import type { NodeLog } from '../model/functions.js';
import type { Adapter, NodeCall } from './adapter.js';
import { anything, required, withMethods } from '../errors/option-rules.js';
import { requireAdapterOptions } from './adapter-option-error.js';

export interface GracefulErrorsAdapterOptions {
  /** Classes of errors to catch, subclasses included. `[Error]` catches nearly all. */
  readonly errors: readonly (abstract new (
    ...args: never[]
  ) => unknown)[];
  /**
   * Stands for the value of a node that failed or was skipped. Recognised by identity (`Object.is`): choose a
   * value that no node gives otherwise, for example a symbol. A node that gives it counts as failed.
   */
  readonly sentinel: unknown;
  /** Receives a warning for each error that is caught. Default: the log of the driver. */
  readonly log?: Pick<NodeLog, 'warn'>;
}

/**
 * An adapter that lets a run go on without the nodes that fail.
 *
 * A node that throws, or rejects with, one of the `errors` gives the `sentinel` instead. A node that would
 * receive the sentinel does not run and gives the sentinel as well, unless it has the tag
 * `errorSentinels: 'accept'`: that one runs and finds the sentinel among its inputs. The sentinel is only seen as
 * the value of an input, not inside of a list or an object. Where a node fails that fans out, also while it lists its
 * items, every node that collects receives the sentinel instead of a list; one that reads a stream then has read the
 * items until there, and fails. A branch whose choice fails, or has no case, gives the sentinel.
 *
 * Other errors fail the run as usual, and so do errors of nodes that end because the run is stopped. Adapters
 * outside of this one (before it in the list) see a success; those inside see the error.
 *
 * @throws FlowerPowerError `FP_BAD_ADAPTER_OPTION` when `errors` is not a list of classes.
 *
 * @example
 * ```ts
 * import { createDriver, gracefulErrorsAdapter, node, tag } from '@flowerpower/core';
 *
 * const failed = Symbol('failed');
 * const m = {
 *   price: (): number => {
 *     throw new RangeError('No price today.');
 *   },
 *   gross: ({ price }: { price: number }) => price * 1.2,
 *   label: node(
 *     ({ gross }: { gross: number }) => (Object.is(gross, failed) ? 'on request' : `${gross}`),
 *     tag({ errorSentinels: 'accept' }),
 *   ),
 * };
 * const adapters = [gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed })];
 * createDriver({ modules: [m], adapters }).executeSync(['gross', 'label']);
 * // { gross: Symbol(failed), label: 'on request' }, and a warning
 * ```
 */
export function gracefulErrorsAdapter(options: GracefulErrorsAdapterOptions): Adapter {
  requireAdapterOptions('gracefulErrorsAdapter', options, {
    errors: required({
      fits: (value) =>
        Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'function'),
      expected: 'a list of error classes',
      hint: 'For example errors: [RangeError, TypeError], or [Error] for nearly all.',
    }),
    // Undefined is what nodes take that were given nothing.
    sentinel: required({ ...anything, expected: 'a value that no node gives, other than undefined' }),
    log: withMethods('an object with the method warn', 'warn'),
  });
  const { errors, sentinel } = options;
  const log = options.log && safeLog(options.log);
  const settle = (call: NodeCall, error: unknown): unknown => {
    const { node, signal } = call;
    if (signal.aborted || !errors.some((one) => isInstance(error, one))) throw error;
    (log ?? call.log).warn(`The node '${node.name}' failed; the run goes on without its value.`, {
      error,
    });
    return call.replace(sentinel);
  };
  return {
    name: 'gracefulErrors',
    aroundNode(call, next) {
      const { node } = call;
      const received = Object.values(call.inputs).some((value) => Object.is(value, sentinel));
      if (received && node.branch === undefined && !acceptsSentinels(node)) return call.replace(sentinel);
      let value: unknown;
      try {
        value = next();
      } catch (error) {
        return settle(call, error);
      }
      const watched = (items: unknown) =>
        node.fanOut === undefined ? items : watchItems(items, (error) => settle(call, error));
      return isThenable(value)
        ? asPromise(value).then(watched, (error: unknown) => settle(call, error))
        : watched(value);
    },
  };
}

function acceptsSentinels({ tags }: GraphNode): boolean {
  return Object.hasOwn(tags, 'errorSentinels') && tags['errorSentinels'] === 'accept';
}

/** Tells of the error that ends a list before its end. Lists that cannot fail are given back as they are. */
function watchItems(items: unknown, onError: (error: unknown) => unknown): unknown {
  if (typeof items !== 'object' || items === null || Array.isArray(items)) return items;
  if (Symbol.asyncIterator in items) {
    return (async function* () {
      try {
        yield* items as AsyncIterable<unknown>;
      } catch (error) {
        onError(error);
        throw error;
      }
    })();
  }
  if (!(Symbol.iterator in items)) return items;
  return (function* () {
    try {
      yield* items as Iterable<unknown>;
    } catch (error) {
      onError(error);
      throw error;
    }
  })();
}
