/**
 * Names and options by type. A plugin adds a member of its own to {@link Register}, so that editors know what is
 * installed. Nothing of it exists at run time.
 */
import type { LoaderMakerOf, OptionsSchema, SaverMakerOf } from '@flowerpower/io';
import type { BuiltinNames } from './builtin-names.js';

/**
 * Empty here. Each plugin adds one member under its package name, which no other plugin does: the type of what its
 * `definePlugin` gives. (Interfaces merge by member: a member named `fileSystems` could be declared by one plugin only.)
 */
export interface Register {}

type Kind = keyof BuiltinNames;

/** What the registered plugins contribute of one kind, by name. */
type Registered<K extends Kind> = Intersect<
  {
    [P in keyof Register]: Register[P] extends Readonly<Record<K, infer Entries>> ? Entries : never;
  }[keyof Register]
>;

type Intersect<U> = [U] extends [never]
  ? Record<never, never>
  : (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
    ? I
    : never;

/** Any text, without taking the completion of known names away. */
type OrAnyText = string & Record<never, never>;

type Names<K extends Kind> = BuiltinNames[K] | (keyof Registered<K> & string) | OrAnyText;

/** The `type` of a loader: built in, registered, or any other text. */
export type LoaderType = Names<'loaders'>;
/** The `type` of a saver: built in, registered, or any other text. */
export type SaverType = Names<'savers'>;
/** A URI scheme: built in, registered, or any other text. */
export type FileSystemScheme = Names<'fileSystems'>;

/** The name of an adapter: built in, registered, or any other text. */
export type AdapterName = Names<'adapters'>;

/** Makers of the loaders that registered plugins bring. */
export type RegisteredLoaders = {
  readonly [Type in keyof Registered<'loaders'>]: LoaderMakerOf<Registered<'loaders'>[Type]>;
};
/** Makers of the savers that registered plugins bring. */
export type RegisteredSavers = {
  readonly [Type in keyof Registered<'savers'>]: SaverMakerOf<Registered<'savers'>[Type]>;
};

/** Options of filesystems by URI scheme: as the registered plugins take them, and any others. */
export type RegisteredStorage = {
  readonly [Scheme in keyof Registered<'fileSystems'>]?: StorageOptionsOf<Registered<'fileSystems'>[Scheme]>;
} & Readonly<Record<string, unknown>>;

type StorageOptionsOf<Factory> = Factory extends {
  readonly options?: OptionsSchema<unknown, infer Input> | undefined;
}
  ? Input
  : unknown;
