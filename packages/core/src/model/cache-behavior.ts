/** What the cache may do with a node. */

/**
 * - `default`: taken from the store when its code and inputs are the same, else computed and stored.
 * - `recompute`: always computed, and stored. What follows is taken from the store when the value is the same.
 * - `disable`: always computed, never stored, and so is everything that follows.
 * - `ignore`: always computed, never stored; what follows does not depend on its value. For clients and loggers.
 */
export type CacheBehavior = 'default' | 'recompute' | 'disable' | 'ignore';

export const cacheBehaviors: readonly CacheBehavior[] = ['default', 'recompute', 'disable', 'ignore'];
