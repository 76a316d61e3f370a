/** Which part of a pipeline a run is restricted to. */
import { aBoolean, aNameList, aRecord, type OptionRules, type TagFilter } from '@flowerpower/core';
import { runtimeError } from '../errors/runtime-error.js';

export interface SliceOptions {
  /**
   * Compute these nodes and everything below them, whatever the cache has. What they need from elsewhere comes from the
   * cache, or is computed.
   */
  readonly from?: readonly string[] | undefined;
  /** Compute these nodes and what they need; the same as `outputs`. */
  readonly to?: readonly string[] | undefined;
  /**
   * Compute these nodes, whatever the cache has, and nothing else: every other value comes from `overrides`, the cache, a
   * loader or the file that `io.save` has saved of it. A saver comes with its node, or is named as `save.x`.
   */
  readonly only?: readonly string[] | undefined;
  /** Compute the nodes that have all of these tags; see `TagFilter` of `@flowerpower/core`. */
  readonly tags?: TagFilter | undefined;
  /** Run the savers whose files are not there, with what they need. Default false. */
  readonly missingOutputs?: boolean | undefined;
}

export const sliceRules: OptionRules = {
  from: aNameList,
  to: aNameList,
  only: aNameList,
  tags: aRecord,
  missingOutputs: aBoolean,
};

type Asked = SliceOptions & { readonly outputs?: readonly string[] | undefined };

const isNamed = (names: readonly string[] | undefined) => names !== undefined && names.length > 0;

const given: Readonly<Record<string, (options: Asked) => boolean>> = {
  outputs: ({ outputs }) => isNamed(outputs),
  to: ({ to }) => isNamed(to),
  tags: ({ tags }) => tags !== undefined && Object.keys(tags).length > 0,
  only: ({ only }) => isNamed(only),
  missingOutputs: ({ missingOutputs }) => missingOutputs === true,
};

/** Whether anything is restricted beyond `outputs`. */
export function isSliced(options: Asked): boolean {
  return (
    isNamed(options.from) ||
    Object.entries(given).some(([name, isGiven]) => name !== 'outputs' && isGiven(options))
  );
}

/** @throws FlowerPowerError `FP_SLICE_CONFLICT` for options that each say what is to be computed. */
export function requireOneSlice(options: Asked): void {
  const asked = Object.keys(given).filter((name) => given[name]!(options));
  if (isNamed(options.from) && (asked.includes('only') || asked.includes('missingOutputs')))
    asked.unshift('from');
  if (asked.length < 2) return;
  throw runtimeError({
    code: 'FP_SLICE_CONFLICT',
    message: `${asked.slice(0, -1).join(', ')} and ${asked.at(-1)} are given together, and each says what to compute.`,
    hint: 'Keep one of them. from goes together with outputs, to or tags.',
  });
}
