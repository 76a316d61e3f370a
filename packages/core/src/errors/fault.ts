/**
 * What is wrong, as it is found: a code and names. What there is to say of it is said by whoever explains faults; without
 * one a fault still says what it is.
 */
import type { CoreErrorCode, CoreProblem } from './catalogue.js';
import type { Place } from './flowerpower-error.js';
import { maxNames, nameList } from './name-list.js';

/** @typeParam About - what an explanation needs to know besides. */
export interface Fault<Code extends CoreErrorCode = CoreErrorCode, About = unknown> {
  readonly code: Code;
  /** What is at fault. */
  readonly name: string;
  /** Who has part in it, and where it is written. */
  readonly with: readonly Named[];
  readonly about: About;
}

interface Named {
  readonly name: string;
  readonly place?: Place | undefined;
}

/** Gives one problem for each fault, in their order. */
export type Explain<F extends Fault> = (faults: readonly F[]) => readonly CoreProblem[];

/** The code in words and the names: `Missing input: 'spend' ('costPerSignup').` */
export const briefly: Explain<Fault> = (faults) =>
  faults.map((fault) => {
    const { code, name } = fault;
    const others = nameList(new Set(fault.with.flatMap((one) => (one.name === name ? [] : one.name))));
    const words = code[3] + code.slice(4).toLowerCase().replaceAll('_', ' ');
    return {
      code,
      message: `${words}: '${name}'${others && ` (${others})`}.`,
      hint: 'explanationsPart() says more.',
      places: placesOf(fault),
    };
  });

/** At most ten. */
export function placesOf(fault: Fault): Place[] {
  return fault.with.slice(0, maxNames).flatMap(({ place }) => place ?? []);
}
