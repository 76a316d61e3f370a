/** What a loader gives to the functions of a pipeline. */
export interface LoadedInput {
  /** The name under `io.load`. */
  readonly name: string;
  /** The TypeScript type of the value, on one line; `unknown` where only the data tells. Default: it fits everywhere. */
  readonly type?: string | undefined;
  /** Of a table whose columns are known: theirs. A missing one is then named as such. */
  readonly columns?: readonly string[] | undefined;
  /** The exported Standard Schema that checks the value: its output is what the functions get. */
  readonly schema?: { readonly module: string; readonly exportName: string } | undefined;
  /** Of a value that is taken from another pipeline: the function whose result it is. */
  readonly taken?: { readonly module: string; readonly exportName: string } | undefined;
}
