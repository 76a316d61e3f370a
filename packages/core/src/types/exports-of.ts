import type { DefinedModule } from '../model/define-module.js';

/** What a module exports, named or not. */
export type ExportsOf<M> = M extends DefinedModule<infer Exports> ? Exports : M;

/** True when nothing is known of a module's exports at compile time, as of one that is imported by a computed path. */
export type IsOpaque<Modules extends readonly object[]> = true extends {
  [I in keyof Modules]: object extends ExportsOf<Modules[I]> ? true : false;
}[number]
  ? true
  : false;
