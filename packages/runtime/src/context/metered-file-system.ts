/** Filesystems whose operations are timed for the node that calls them. What they do stays the same. */
import { Readable } from 'node:stream';
import { asPromise, isThenable } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { IoMeter } from './io-meter.js';

/** They give something at once; what is listed comes later, item by item. */
const untimed = new Set<string | symbol>(['uri', 'list', 'glob', 'listUnfinished']);

type Method = (...given: unknown[]) => unknown;

/**
 * One wrapper for each filesystem, so that the same filesystem stays the same object.
 *
 * @param meterOf - the meter of the node that calls, if one does.
 */
export function createMetering(meterOf: () => IoMeter | undefined): (fs: FileSystem) => FileSystem {
  const known = new WeakMap<FileSystem, FileSystem>();
  return (fs) => {
    const metered = known.get(fs) ?? wrap(fs, meterOf);
    known.set(fs, metered);
    return metered;
  };
}

/** Calls every method on the object itself, whose private members a proxy does not have. */
function wrap<T extends object>(target: T, meterOf: () => IoMeter | undefined): T {
  const methods = new Map<unknown, Method>();
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key, object);
      if (typeof member !== 'function' || key === 'constructor') return member;
      const ready = methods.get(member);
      if (ready !== undefined) return ready;
      const method: Method = (...given) => {
        if (key === 'sub') return wrap((member as Method).apply(object, given) as T, meterOf);
        const meter = meterOf();
        if (meter === undefined) return (member as Method).apply(object, given);
        if (untimed.has(key)) return opened((member as Method).apply(object, given), meter);
        return timed(
          () =>
            (member as Method).apply(
              object,
              given.map((each) => paused(each, meter)),
            ),
          meter,
        );
      };
      methods.set(member, method);
      return method;
    },
  });
}

/** Times a call until its promise, or the last item of what it lists, has come. */
function timed(call: () => unknown, meter: IoMeter): unknown {
  meter.begin();
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    meter.end();
    throw error;
  }
  if (isThenable(result)) {
    return asPromise(result).then(
      (value: unknown) => {
        meter.end();
        return opened(value, meter);
      },
      (error: unknown) => {
        meter.end();
        throw error;
      },
    );
  }
  meter.end();
  return opened(result, meter);
}

/** What is read or written piece by piece once it is open. */
function opened(value: unknown, meter: IoMeter): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Symbol.asyncIterator in value) return timeItems(value as AsyncIterable<unknown>, meter);
  const isWriter = 'write' in value && 'abort' in value;
  return isWriter ? wrap(value, () => meter) : value;
}

/** In place, since a stream has more than its items. */
function timeItems(items: AsyncIterable<unknown>, meter: IoMeter): unknown {
  const iterate = items[Symbol.asyncIterator].bind(items);
  Object.defineProperty(items, Symbol.asyncIterator, {
    configurable: true,
    value: () => {
      const iterator = iterate();
      const next = iterator.next.bind(iterator);
      iterator.next = (...given) => timed(() => next(...given), meter) as ReturnType<typeof next>;
      return iterator;
    },
  });
  return items;
}

/** What is written as it comes: the time in which the node makes it is the node's own. */
function paused(value: unknown, meter: IoMeter): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Readable) return value;
  if (!(Symbol.asyncIterator in value)) return value;
  const items = value as AsyncIterable<unknown>;
  return {
    [Symbol.asyncIterator]() {
      const iterator = items[Symbol.asyncIterator]();
      const outside = async <T>(step: () => Promise<T>): Promise<T> => {
        meter.end();
        try {
          return await step();
        } finally {
          meter.begin();
        }
      };
      return {
        next: () => outside(() => iterator.next()),
        ...(iterator.return && { return: (given?: unknown) => outside(() => iterator.return!(given)) }),
      };
    },
  };
}
