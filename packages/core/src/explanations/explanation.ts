import type { CoreProblem } from '../errors/catalogue.js';

/** What there is to say of a fault. */
export type Explanation<Fault> = (fault: Fault, near: Near) => Pick<CoreProblem, 'message' | 'hint'>;

/**
 * A question whether a near name was meant, undefined when none is near.
 *
 * @param kind - of the known names, which are asked for once.
 * @param except - those that cannot be meant.
 */
export type Near = (
  name: string,
  kind: string,
  known: () => Iterable<string>,
  except?: readonly string[],
) => string | undefined;

/** By code. */
export type Explanations<Fault extends { readonly code: string }> = {
  readonly [Code in Fault['code']]: Explanation<Having<Fault, Code>>;
};

type Having<Fault, Code> = Fault extends { readonly code: infer Codes }
  ? Code extends Codes
    ? Fault
    : never
  : never;
