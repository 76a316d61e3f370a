/** `warn`: a failing check is logged and the value passes on. `fail`: it fails the node. */
export type Importance = 'warn' | 'fail';

/** The value of a check's node. Plain data: safe to print, compare and serialise. */
export interface ValidationResult {
  /** The check as written, for example `inRange(0, 10)`. */
  readonly check: string;
  readonly passed: boolean;
  /** What was found, in one line. */
  readonly message: string;
  /** The items refused, where the check looks at items. */
  readonly failures?: Failures;
  readonly importance: Importance;
}

/** One offending item. */
export interface FailedItem {
  /** Counted from 0; 0 for a value that is not an array. */
  readonly index: number;
  /** The item as it would be written in source, at most 40 characters. */
  readonly value: string;
}

/** The items that a check refuses. */
export interface Failures {
  readonly count: number;
  /** The first five at most, in order. */
  readonly first: readonly FailedItem[];
}
