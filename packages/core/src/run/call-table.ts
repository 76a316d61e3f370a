/**
 * How the functions of a plan are called: what a driver has learnt of them, and the objects that those receive which
 * take their inputs as one. A plan is data and never changes; its call table belongs to the driver that runs it.
 *
 * Building `{ key: value, … }` for thousands of different key sets costs far more than the calls themselves,
 * because each set of keys is a hidden class of its own. Two ways around it, both without generated code:
 *
 * - A *view* is made once for each slot and kept. Its properties are getters that read the values of the run
 *   that is calling. Only for functions that take the properties out at once and cannot hold on to the object.
 * - A *fresh object* is made for each call by a constructor that belongs to the slot, so that the hidden classes
 *   of one slot are not searched among those of all others. It is an ordinary object.
 */
import { bindsOnlyKeys } from '../model/read-parameters.js';
import { type CallShape, callStyle } from '../plan/call-shape.js';
import type { Plan } from '../plan/plan.js';

/** The values that views show while nothing runs: none. */
const noValues: readonly unknown[] = [];

export class CallTable {
  readonly plan: Plan;
  /** Those of the plan, which the loop reads for each call. */
  readonly fns: Plan['fns'];
  readonly args: Int32Array;
  readonly argStart: Int32Array;
  /** Those of the plan, until the first call of a slot tells more. */
  readonly styles: Uint8Array;
  /**
   * What the views show: the values of the run that is calling a node at this moment. Whoever calls sets it and
   * puts back what it found, since a node may run the same plan again.
   */
  values: readonly unknown[] = noValues;
  /** Of the slots whose style is that of a view. */
  readonly views: object[] = [];
  readonly #getters: (() => unknown)[] = [];
  readonly #constructors: (new () => Record<string, unknown>)[] = [];

  constructor(plan: Plan) {
    this.plan = plan;
    this.fns = plan.fns;
    this.args = plan.args;
    this.argStart = plan.argStart;
    this.styles = plan.styles.slice();
  }

  /** Decides how a slot is called that takes an object; read once from the text of its function. */
  decideStyle(slot: number): void {
    const takesView = bindsOnlyKeys(this.fns[slot]!);
    if (takesView) this.views[slot] = this.#makeView(slot);
    this.styles[slot] = takesView ? callStyle.view : callStyle.fresh;
  }

  fresh(slot: number, values: readonly unknown[]): Record<string, unknown> {
    const { keys, bound } = this.plan.shapes[slot]!;
    const start = this.argStart[slot]!;
    const inputs = new (this.#constructors[slot] ??= ownConstructor(this.plan.shapes[slot]!))();
    if (bound !== undefined) Object.assign(inputs, bound);
    for (let index = 0; index < keys.length; index++)
      inputs[keys[index]!] = values[this.args[start + index]!];
    return inputs;
  }

  #makeView(slot: number): object {
    const { keys, bound } = this.plan.shapes[slot]!;
    const view = Object.assign(new (ownConstructor(this.plan.shapes[slot]!))(), bound);
    for (const [index, key] of keys.entries()) {
      Object.defineProperty(view, key, {
        get: this.#getterOf(this.args[this.argStart[slot]! + index]!),
        enumerable: true,
        configurable: true,
      });
    }
    return view;
  }

  #getterOf(source: number): () => unknown {
    return (this.#getters[source] ??= () => this.values[source]);
  }
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
  // TypeScript knows no function that is called with `new`, and the prototype of a class cannot be set.
  return Inputs as never;
}
