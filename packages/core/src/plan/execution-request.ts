/** What a plan depends on: names, never values. */
export interface ExecutionRequest {
  readonly outputs: readonly string[];
  /** Names of the values given as inputs. */
  readonly inputs: readonly string[];
  /** Names of the nodes whose values are given instead of computed. */
  readonly overrides: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

export function requestOf(
  outputs: readonly string[],
  { inputs, overrides }: { readonly inputs?: Values; readonly overrides?: Values },
): ExecutionRequest {
  return { outputs, inputs: namesOf(inputs), overrides: namesOf(overrides) };
}

/** A key whose value is undefined counts as not given, as TypeScript's optional properties read. */
function namesOf(values: Values | undefined): string[] {
  return values === undefined ? [] : Object.keys(values).filter((name) => values[name] !== undefined);
}
