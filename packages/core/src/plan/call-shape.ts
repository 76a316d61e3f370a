/** How to call a slot that does not simply take up to 4 values as arguments. */
export const callStyle = {
  /** Any other list of arguments. */
  arguments: 5,
  /** One object; which kind is decided at the first call. */
  object: 6,
  /** One object that shows the values of the run. */
  view: 7,
  /** One object made for the call. */
  fresh: 8,
  /** An object made for the call, and the node context. */
  objectAndContext: 9,
  /** A fan-out. */
  block: 10,
  /** The value of the chosen argument. */
  branch: 11,
} as const;

/** How a slot's function takes its arguments. */
export interface CallShape {
  readonly style: 'object' | 'positional';
  readonly takesContext: boolean;
  /** The parameter of each argument slot. */
  readonly keys: readonly string[];
  /** Parameters bound to fixed values, undefined when there are none. */
  readonly bound: Readonly<Record<string, unknown>> | undefined;
  /** Every parameter in the order of the function, for positional calls with bound or left-out parameters. */
  readonly parameters: readonly string[];
  /** True when each argument goes to the parameter of the same index and nothing is bound, left out or added. */
  readonly plain: boolean;
}
