/** What a saver takes from the functions of a pipeline. */
export interface SavedOutput {
  /** The name under `io.save`. */
  readonly name: string;
  /** The node that saves. */
  readonly node: string;
  /** The format, for example `csv`. */
  readonly format: string;
  /** The TypeScript type of what it takes, on one line. Default, and for `unknown`: the edge is not judged. */
  readonly type?: string | undefined;
}
