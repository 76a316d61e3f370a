import type { Place, Problem } from '@flowerpower/core';
import type { EnvironmentValue } from './environment-values.js';
import type { Look, ShownValue } from './explain-all.js';
import type { UnsetValue } from './unset-values.js';
import type { Layer } from '../source/origin.js';

/** One value that was offered for a place in the configuration. */
export interface Offer {
  /** Undefined for a default that there is none of. */
  readonly value: unknown;
  readonly layer: Layer;
  /** `conf/project.yml:3:5`, the name of a variable, `--set <path>`, a flag, `override`, or `default`. */
  readonly place: string;
}

/** Where a value comes from. Values are shown as they are: mask secrets before printing them. */
export interface Explanation {
  /** For a map, the merged map and the highest layer that has a part in it. */
  readonly winner: Offer;
  /** What did not win, highest precedence first; for a map, the other layers with a part in it. */
  readonly losers: readonly Offer[];
}

/** A configuration with what there is to say about it. */
export interface Resolved<Config> {
  readonly value: Config;
  /** Things that are not errors but that the user should hear of. */
  readonly warnings: readonly Problem[];
  /** Values that refer to variables that are not set. Empty unless the caller allows them. */
  readonly unset: readonly UnsetValue[];
  /** The values that come from the environment: what pictures, exports and messages must not show. */
  readonly environmentValues: readonly EnvironmentValue[];
  /**
   * Where the value at a path comes from, for example `run.retry.maxRetries`. FlowerPower's own keys may be
   * written in either spelling.
   *
   * @throws FlowerPowerError with code `FP_CONFIG_UNKNOWN_KEY` when no configuration has such a path.
   */
  readonly explain: (path: string) => Explanation;
  /** Every value, also those that are defaults, as they may be shown; see {@link ShownValue}. */
  readonly explainAll: (look?: Look) => ShownValue[];
  /**
   * Where in a file a value stands, by its keys as this package spells them and its index in a list, for example
   * `['run', 'additionalModules', '0']`. Undefined where the value comes from no file.
   */
  readonly placeOf: (keys: readonly string[]) => Place | undefined;
  /** The variable or flag that gives a value: `FP_PIPELINE__RUN__TIMEOUT`, `--set run.timeout`. Undefined where none does. */
  readonly giverOf: (keys: readonly string[]) => string | undefined;
}
