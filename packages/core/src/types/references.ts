declare const nameKey: unique symbol;

/** Stands for the value of another node, or one of several, in the type of a definition. */
export interface ValueOf<Names extends string> {
  readonly [nameKey]: Names;
}

/** Looks up what `V` stands for. Names that are not nodes, such as inputs, are unknown. */
export type Resolved<V, Nodes> = 0 extends 1 & V
  ? V
  : V extends ValueOf<infer Name>
    ? Name extends keyof Nodes
      ? Resolved<Nodes[Name], Nodes>
      : unknown
    : V;
