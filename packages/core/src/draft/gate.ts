/** The node that passes a checked value on: it keeps the name, its value is that of another node of the export. */
import type { AnyFunction, NodeDraft } from '../model/definition.js';

/** The function of a gate carries this, so that a further modifier finds it. */
const gateKey: unique symbol = Symbol.for('flowerpower.gate');

export function asGate(pass: (value: unknown, ...rest: readonly unknown[]) => unknown): AnyFunction {
  return Object.assign(pass, { [gateKey]: true });
}

export function isGateFunction(fn: AnyFunction): boolean {
  return gateKey in fn;
}

/** True for a gate. Its parameters are the value and the results of the checks. */
export function isGate({ fn, parameters }: NodeDraft): boolean {
  return isGateFunction(fn) && parameters.length > 0;
}
