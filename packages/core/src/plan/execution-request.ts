/** What a plan depends on: names, never values. */
export interface ExecutionRequest {
  readonly outputs: readonly string[];
  /** Names of the values given as inputs. */
  readonly inputs: readonly string[];
  /** Names of the nodes whose values are given instead of computed. */
  readonly overrides: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

/** Of the options of an execution those that its plan depends on. */
export interface ExecutionValues {
  readonly inputs?: Values | undefined;
  readonly overrides?: Values | undefined;
}

export function requestOf(
  outputs: readonly string[],
  { inputs, overrides }: ExecutionValues,
): ExecutionRequest {
  return {
    outputs,
    inputs: givenNames(inputs),
    overrides: overrides === undefined ? [] : Object.keys(overrides),
  };
}

/**
 * An input whose value is undefined counts as not given, as TypeScript's optional properties read. An override does
 * not: undefined is what the node is to give.
 */
function givenNames(values: Values | undefined): string[] {
  return values === undefined ? [] : Object.keys(values).filter((name) => values[name] !== undefined);
}
