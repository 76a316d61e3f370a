/** Makes one value of the outputs of a run: a table, a matrix, a report. `resultBuilder` of a run names it. */
export interface ResultBuilder {
  /** @param outputs - the requested outputs by name, in the order in which they were asked for. */
  build(outputs: Readonly<Record<string, unknown>>): unknown;
}
