/**
 * What nodes read of their context. A value that comes of the run id, say, is another one in the next run, which
 * whoever keeps values must know.
 */
import type { NodeContext } from '../model/functions.js';
import type { Frame } from './frame.js';

export type ContextKey = keyof NodeContext;

/** The reads of one run, by frame and slot. */
export class ContextReads {
  readonly #reads = new WeakMap<Frame, Map<number, Set<ContextKey>>>();

  /** The same context, which notes what is read of it. */
  watch(frame: Frame, slot: number, context: NodeContext): NodeContext {
    const reads = new Set<ContextKey>();
    const slots = this.#reads.get(frame) ?? new Map<number, Set<ContextKey>>();
    this.#reads.set(frame, slots.set(slot, reads));
    return watched(context, (key) => void reads.add(key));
  }

  /** Undefined when no context was made here. */
  of(frame: Frame, slot: number): ReadonlySet<ContextKey> | undefined {
    return this.#reads.get(frame)?.get(slot);
  }
}

/** The contexts behind those that are watched. */
const origins = new WeakMap<NodeContext, NodeContext>();

/** A context with some other values. What is read of it counts as read of the one that it was made from. */
export function changeContext(context: NodeContext, changes: Partial<NodeContext>): NodeContext {
  const origin = origins.get(context);
  const changed = { ...(origin ?? context), ...changes };
  return origin === undefined ? changed : watched(changed, (key) => void context[key]);
}

/** The context for the framework's own reading, of which no value comes. */
export function unwatched(context: NodeContext): NodeContext {
  return origins.get(context) ?? context;
}

function watched(values: NodeContext, note: (key: ContextKey) => void): NodeContext {
  const properties: PropertyDescriptorMap = {};
  for (const key of Object.keys(values) as ContextKey[]) {
    const get = () => {
      note(key);
      return values[key];
    };
    properties[key] = { get, enumerable: true, configurable: true };
  }
  const made = Object.defineProperties({}, properties) as NodeContext;
  origins.set(made, values);
  return made;
}
