import * as v from 'valibot';

/** One setting of `run:`. Its path is its place in the table of {@link file://./run-options.ts}. */
export interface RunOption<Value = unknown> {
  /** What YAML, variables, flags and code may give, with the default. */
  readonly schema: v.GenericSchema<unknown, Value>;
  /** As `--help` shows it: `--max-retries <n>`. A boolean also gets its `--no-…`. */
  readonly flag: string;
  /** A phrase for `--help`, without capital and full stop. */
  readonly help: string;
  /** A short variable, as the Python FlowerPower has it, besides the one that spells the path. */
  readonly variable?: string | undefined;
}

/** Settings that stand in one map of `run:`. */
export type RunOptionGroup = Readonly<Record<string, RunOption>>;

export type RunOptionTable = Readonly<Record<string, RunOption | RunOptionGroup>>;

/** Declares a row; the type of its value follows from the schema. */
export function option<Value>(row: RunOption<Value>): RunOption<Value> {
  return row;
}

export function isRunOption(entry: RunOption | RunOptionGroup): entry is RunOption {
  return Object.hasOwn(entry, 'schema') && typeof (entry as RunOption).flag === 'string';
}

/** The configuration that a table describes: a group is a map, and what has no default may be absent. */
export type OptionValues<Table> = GivenValues<Table, Exclude<keyof Table, AbsentKeys<Table>>> &
  PossibleValues<Table, AbsentKeys<Table>>;

// Both map over a parameter that extends `keyof Table`, so that the comments of the table reach whoever reads a value.
type GivenValues<Table, Key extends keyof Table> = { readonly [K in Key]: ValueOf<Table[K]> };
type PossibleValues<Table, Key extends keyof Table> = {
  readonly [K in Key]?: ValueOf<Table[K]> | undefined;
};

type AbsentKeys<Table> = {
  [K in keyof Table]: Table[K] extends RunOption<infer Value> ? (undefined extends Value ? K : never) : never;
}[keyof Table];

type ValueOf<Entry> = Entry extends RunOption<infer Value> ? Fixed<Value> : OptionValues<Entry>;

type Fixed<Value> = Value extends readonly (infer Item)[]
  ? readonly Item[]
  : Value extends object
    ? Readonly<Value>
    : Value;

/** The schema of the map that a table describes. */
export function schemaOf<Table extends RunOptionTable>(table: Table): TableSchema<Table> {
  const entries = Object.entries(table).map(([key, entry]) => [
    key,
    isRunOption(entry) ? entry.schema : v.optional(schemaOf(entry), {}),
  ]);
  // The keys and their values are those of the table, which `Object.fromEntries` cannot tell.
  return v.strictObject(Object.fromEntries(entries)) as unknown as TableSchema<Table>;
}

type TableSchema<Table> = v.GenericSchema<unknown, OptionValues<Table>> & {
  readonly entries: Readonly<Record<keyof Table, v.GenericSchema>>;
};
