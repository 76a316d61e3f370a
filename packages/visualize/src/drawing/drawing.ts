/**
 * The one model that every format draws: what is shown, under which text, in which groups.
 * All text in it is plain (see `plain-text.ts`) and short enough for a label; only tooltips keep whole texts.
 */
import type { Group } from './groups.js';
import type { NodeLook } from './look.js';

export interface Drawing {
  readonly title: string | undefined;
  readonly orient: 'LR' | 'TB';
  /** In topological order. */
  readonly nodes: readonly DrawnNode[];
  /** In the order of the nodes they lead to. */
  readonly edges: readonly DrawnEdge[];
  /** The nodes sorted into fan-outs and namespaces. */
  readonly root: DrawnGroup;
  /** What the legend explains; empty when there is none. */
  readonly legend: readonly LegendEntry[];
}

export interface DrawnNode {
  /** Letters, digits and `_` only; unique in the drawing; the same as long as the node keeps its name. */
  readonly id: string;
  /** The name relative to the namespace around the node. */
  readonly label: string;
  /** The whole name, on one line. */
  readonly fullName: string;
  readonly look: NodeLook;
  readonly isOutput: boolean;
  /** Whole names of the nodes for each of whose items it runs, outermost first. */
  readonly scope: readonly string[];
  /** Undefined where it is unknown, and on checks. */
  readonly type: string | undefined;
  /** One `name = value` line for each bound parameter, then what the cache does where that is not the default. */
  readonly notes: readonly string[];
  /** The whole documentation, several lines. */
  readonly doc: string | undefined;
  readonly tooltip: string;
}

/**
 * - `each`: a list comes, one item at a time goes on.
 * - `all`: items come, and go on together.
 */
export type Flow = 'one' | 'each' | 'all';

export interface DrawnEdge {
  readonly from: DrawnNode;
  readonly to: DrawnNode;
  readonly flow: Flow;
  /** True when every parameter on this edge has a default. */
  readonly optional: boolean;
  /** The parameters that receive the value, unless they are named like the node. */
  readonly parameters: string | undefined;
  /** True when the value chooses what a branch takes. */
  readonly isChoice: boolean;
  /** What an edge into a branch is for, and how items are collected. */
  readonly notes: readonly string[];
  /** Parameters and notes on one line. */
  readonly label: string | undefined;
}

export interface DrawnGroup {
  readonly id: string;
  readonly kind: Group['kind'];
  readonly label: string;
  readonly nodes: readonly DrawnNode[];
  readonly groups: readonly DrawnGroup[];
}

export type LegendEntry = NodeLook | 'output' | 'optional' | Exclude<Flow, 'one'>;
