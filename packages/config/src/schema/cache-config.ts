import * as v from 'valibot';
import { aboveZero, boolean, filledText, namesOrBoolean, wholeAtLeast } from './parts.js';

const cacheBehaviors = ['default', 'recompute', 'disable', 'ignore'] as const;
type CacheBehavior = (typeof cacheBehaviors)[number];

/** Nodes by name, or `true` for all that no other list names. False is as good as absent. */
type Names = boolean | readonly string[];

/** Whether and how values of nodes are kept from one run to the next. `true` and `false` are short for `enabled`. */
export interface CacheConfig {
  /** Default false; true where a file or code gives any other key. */
  readonly enabled: boolean;
  /** Relative to the project, or a URI. Default `.flowerpower/cache`. */
  readonly dir?: string | undefined;
  /** About how many bytes of files are kept, at least 1. Default 1 GiB. */
  readonly maxSizeBytes?: number | undefined;
  /** Seconds after which an entry is not found any more. Default: no limit. */
  readonly maxAge?: number | undefined;
  readonly default?: Names | undefined;
  readonly recompute?: Names | undefined;
  readonly disable?: Names | undefined;
  readonly ignore?: Names | undefined;
  readonly defaultBehavior?: CacheBehavior | undefined;
  readonly defaultLoaderBehavior?: CacheBehavior | undefined;
  readonly defaultSaverBehavior?: CacheBehavior | undefined;
}

const behavior = v.picklist(cacheBehaviors, `one of ${cacheBehaviors.join(', ')}`);

export const cacheSchema = v.strictObject({
  enabled: v.optional(boolean, false),
  dir: v.optional(filledText),
  maxSizeBytes: v.optional(wholeAtLeast(1)),
  maxAge: v.optional(aboveZero),
  default: v.optional(namesOrBoolean),
  recompute: v.optional(namesOrBoolean),
  disable: v.optional(namesOrBoolean),
  ignore: v.optional(namesOrBoolean),
  defaultBehavior: v.optional(behavior),
  defaultLoaderBehavior: v.optional(behavior),
  defaultSaverBehavior: v.optional(behavior),
});
