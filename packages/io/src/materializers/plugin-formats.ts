/** The formats of plugins beside those built in, at run time and in types. */
import { type OptionRule, readProperty, requireArgument } from '@flowerpower/core';
import { builtinLoaders, builtinSavers } from '../builtins.js';
import type { Loader, Saver } from '../contract/io.js';
import type { BuiltinFrom, BuiltinTo } from './builtin-materializers.js';
import type { LoaderMakerOf, SaverMakerOf } from './given-options.js';

/** What of a plugin is about formats. A plugin of `definePlugin` fits. */
export interface FormatPlugin {
  readonly name: string;
  /** By their `type`. */
  readonly loaders?: Readonly<Record<string, Loader<unknown, unknown>>> | undefined;
  /** By their `type`. */
  readonly savers?: Readonly<Record<string, Saver<unknown>>> | undefined;
}

type Intersect<U> = [U] extends [never]
  ? Record<never, never>
  : (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
    ? I
    : never;

/** `from.x` for every loader of some plugins. */
export type FromPlugins<Plugins extends readonly unknown[]> = Intersect<
  Plugins[number] extends infer Plugin
    ? Plugin extends { readonly loaders: infer Loaders }
      ? { readonly [Type in Exclude<keyof Loaders, keyof BuiltinFrom>]: LoaderMakerOf<Loaders[Type]> }
      : never
    : never
>;

/** `to.x` for every saver of some plugins. */
export type ToPlugins<Plugins extends readonly unknown[]> = Intersect<
  Plugins[number] extends infer Plugin
    ? Plugin extends { readonly savers: infer Savers }
      ? { readonly [Type in Exclude<keyof Savers, keyof BuiltinTo>]: SaverMakerOf<Savers[Type]> }
      : never
    : never
>;

interface Formats {
  readonly loaders: Readonly<Record<string, Loader<unknown, unknown>>>;
  readonly savers: Readonly<Record<string, Saver<unknown>>>;
}

const aListOfPlugins: OptionRule = {
  fits: (value) => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null),
  expected: 'a list of plugins',
  hint: 'Give what definePlugin made: plugins: [plugin].',
};

/** @throws FlowerPowerError `FP_BAD_OPTION` for what is no list of plugins, and for a type that is there twice. */
export function formatsOf(plugins: readonly FormatPlugin[], of: string): Formats {
  requireArgument('plugins', aListOfPlugins, plugins, of);
  const collect = (kind: 'loaders' | 'savers', known: object) => {
    const all = new Map<string, unknown>(Object.entries(known));
    for (const [type, format] of plugins.flatMap((plugin) => Object.entries(plugin[kind] ?? {}))) {
      requireArgument(`The name of '${type}' in ${kind}`, aFreeName(all), readProperty(format, 'type'), of);
      all.set(type, format);
    }
    return Object.fromEntries(all);
  };
  return {
    loaders: collect('loaders', builtinLoaders) as Formats['loaders'],
    savers: collect('savers', builtinSavers) as Formats['savers'],
  };
}

function aFreeName(taken: ReadonlyMap<string, unknown>): OptionRule {
  return {
    fits: (type) => typeof type === 'string' && !taken.has(type),
    expected: 'a text that no other format has',
    hint: 'Leave out one of the plugins that bring it.',
  };
}
