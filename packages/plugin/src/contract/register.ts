/**
 * Names by type. A plugin adds a member of its own to {@link Register}, so that editors complete the names of
 * whatever is installed. Nothing of it exists at run time.
 */
import type { BuiltinNames } from './builtin-names.js';

/**
 * Empty here. Each plugin adds one member under its package name, which no other plugin does:
 * `{ fileSystems?: { scheme: options }; loaders?: { type: options }; savers?: { type: options } }`.
 * (Interfaces merge by member: a member named `fileSystems` could be declared by one plugin only.)
 */
export interface Register {}

type Kind = keyof BuiltinNames;

type NamesOf<K extends Kind> = {
  [P in keyof Register]: Register[P] extends Readonly<Record<K, infer Entries>>
    ? keyof Entries & string
    : never;
}[keyof Register];

/** Any text, without taking the completion of known names away. */
type OrAnyText = string & Record<never, never>;

type Names<K extends Kind> = BuiltinNames[K] | NamesOf<K> | OrAnyText;

/** The `type` of a loader: built in, registered, or any other text. */
export type LoaderType = Names<'loaders'>;
/** The `type` of a saver: built in, registered, or any other text. */
export type SaverType = Names<'savers'>;
/** A URI scheme: built in, registered, or any other text. */
export type FileSystemScheme = Names<'fileSystems'>;
