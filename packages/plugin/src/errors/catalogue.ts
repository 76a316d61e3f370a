import type { Place } from '@flowerpower/core';

/** Every code that this package raises, with the sentence that explains it. */
export const pluginErrors = {
  FP_REGISTRY_INVALID: 'The plugins of a project do not fit together; each problem is listed.',
  FP_PLUGIN_INVALID: 'A plugin does not have the shape that `definePlugin` describes.',
  FP_PLUGIN_API_VERSION: 'A plugin was made for another version of the plugin contract.',
  FP_PLUGIN_CONFLICT: 'Two plugins contribute the same name, or one plugin contributes it twice.',
  FP_PLUGIN_NOT_LOADED: 'The module of a plugin could not be imported.',
  FP_UNKNOWN_LOADER: 'No plugin of the project contributes a loader of this type.',
  FP_UNKNOWN_SAVER: 'No plugin of the project contributes a saver of this type.',
  FP_UNKNOWN_ADAPTER: 'No plugin of the project contributes an adapter of this name.',
  FP_UNKNOWN_RESULT_BUILDER: 'No plugin of the project contributes a result builder of this name.',
  FP_UNKNOWN_SCHEME: 'No plugin of the project contributes a filesystem for this URI scheme.',
} as const;

export type PluginErrorCode = keyof typeof pluginErrors;

/** A problem with one of this package's codes. */
export interface PluginProblem {
  readonly code: PluginErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly places?: readonly Place[] | undefined;
}
