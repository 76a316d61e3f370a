/** What each line of the shadow program is about. */
import type { Dependency, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import type { SavedOutput } from './saved-output.js';

export type LineSubject = ModuleSubject | NodeSubject | EdgeSubject | GapSubject;

interface ModuleSubject {
  readonly kind: 'module';
  readonly module: CheckedModule;
}

/** The call of a node as a whole, or the context in it. */
export interface NodeSubject extends Repetition {
  readonly kind: 'call' | 'context';
  readonly node: GraphNode;
}

export type EdgeSubject = NodeEdge | ValueEdge | SharedInput | SavedEdge | SchemaEdge;

/** A node gives a value to a parameter. */
export interface NodeEdge extends Want, Repetition {
  readonly kind: 'edge';
  readonly from: GraphNode;
  /** True where a loader of the configuration gives the value. */
  readonly isLoaded: boolean;
}

/** A node gives a value to a saver of the configuration. */
export interface SavedEdge extends Omit<NodeEdge, 'kind'> {
  readonly kind: 'saved';
  readonly saver: SavedOutput;
}

/** A loader gives its value to the schema of its entry. */
interface SchemaEdge extends Want, Repetition {
  readonly kind: 'schema';
  /** The name of its export. */
  readonly schema: string;
}

/** A value known before the run is given to a parameter, as an input or bound by `params`. */
interface ValueEdge extends Want, Repetition {
  readonly kind: 'input' | 'bound';
}

/** A function wants a value from outside that others want too. */
interface SharedInput extends Want, Repetition {
  readonly kind: 'shared';
  readonly others: readonly Want[];
}

/**
 * The line is rejected when the types of modifiers do not tell what a node gives (no `dependency`) or what one of its
 * parameters takes. That is not a problem, but the edge is not checked.
 */
export interface GapSubject {
  readonly kind: 'gap';
  readonly node: GraphNode;
  readonly dependency?: Dependency;
}

/** True on a line that judges one argument alone: it counts only where the call itself tells nothing. */
interface Repetition {
  readonly alone?: boolean;
}

/** A parameter that takes a value. For a bound parameter `dependency.node` names the parameter itself. */
export interface Want {
  readonly node: GraphNode;
  readonly dependency: Dependency;
}
