/** What to draw. Honoured by every format. */
export interface ViewOptions {
  /** Leaves out the nodes that are given from outside, unless they are among `outputs`. Default false. */
  readonly hideInputs?: boolean | undefined;
  /** Explains the kinds of nodes and edges that occur. Default true. */
  readonly showLegend?: boolean | undefined;
  /** Names of nodes to highlight as requested outputs. Default none. */
  readonly outputs?: readonly string[] | undefined;
  /** A heading. Default none. */
  readonly title?: string | undefined;
}

/** Options of the formats that are pictures: DOT, Mermaid, SVG, PNG. */
export interface DrawOptions extends ViewOptions {
  /** `LR`: from left to right; `TB`: from top to bottom. Default `LR`. */
  readonly orient?: 'LR' | 'TB' | undefined;
}
