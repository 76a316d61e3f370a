/**
 * What functions that take their inputs as an object receive.
 *
 * Building `{ key: value, … }` for thousands of different key sets costs far more than the calls themselves,
 * because each set of keys is a hidden class of its own. Two ways around it, both without generated code:
 *
 * - A *view* is made once for each slot and kept. Its properties are getters that read the values of the run
 *   that is calling. Only for functions that take the properties out at once and cannot hold on to the object.
 * - A *fresh object* is made for each call by a constructor that belongs to the slot, so that the hidden classes
 *   of one slot are not searched among those of all others. It is an ordinary object.
 */
import type { AnyFunction } from '../model/definition.js';
import { bindsOnlyKeys } from '../model/read-parameters.js';
import type { CallShape } from './call-shape.js';

export interface InputObjects {
  /**
   * What the views show: the values of the run that is calling a node at this moment. Whoever calls sets it and
   * puts back what it found, since a node may run the same plan again.
   */
  values: readonly unknown[];
  /** Whether the slot's function gets a view. */
  takesView(slot: number): boolean;
  view(slot: number): object;
  fresh(slot: number, values: readonly unknown[]): Record<string, unknown>;
}

/** The values that views show while nothing runs: none. */
const noValues: readonly unknown[] = [];

export function createInputObjects(
  fns: readonly (AnyFunction | undefined)[],
  shapes: readonly CallShape[],
  argStart: Int32Array,
  args: Int32Array,
): InputObjects {
  const views: object[] = [];
  const getters: (() => unknown)[] = [];
  const constructors: (new () => Record<string, unknown>)[] = [];

  const getterOf = (source: number) => (getters[source] ??= () => objects.values[source]);
  const makeView = (slot: number): object => {
    const { keys, bound } = shapes[slot]!;
    const view = Object.assign(new (ownConstructor(shapes[slot]!))(), bound);
    for (const [index, key] of keys.entries()) {
      Object.defineProperty(view, key, {
        get: getterOf(args[argStart[slot]! + index]!),
        enumerable: true,
        configurable: true,
      });
    }
    return view;
  };

  const objects: InputObjects = {
    values: noValues,
    takesView: (slot) => bindsOnlyKeys(fns[slot]!),
    view: (slot) => (views[slot] ??= makeView(slot)),
    fresh(slot, values) {
      const { keys, bound } = shapes[slot]!;
      const start = argStart[slot]!;
      const inputs = new (constructors[slot] ??= ownConstructor(shapes[slot]!))();
      if (bound !== undefined) Object.assign(inputs, bound);
      for (let index = 0; index < keys.length; index++) inputs[keys[index]!] = values[args[start + index]!];
      return inputs;
    },
  };
  return objects;
}

/**
 * A constructor of empty plain objects. Where a parameter is called like something that every object has, such as
 * `toString`, they inherit nothing: a parameter that is left out must not be found.
 */
function ownConstructor({ parameters }: CallShape): new () => Record<string, unknown> {
  function Inputs() {}
  Inputs.prototype = parameters.some((name) => name in Object.prototype)
    ? (Object.create(null) as object)
    : Object.prototype;
  return Inputs as never;
}
