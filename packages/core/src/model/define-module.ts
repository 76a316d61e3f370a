/**
 * What a loader knows about a module beyond its exports: where it stands and what its source says.
 * The graph uses it for names of positional parameters, for places in errors, and for documentation.
 */

import type { Place } from '../errors/flowerpower-error.js';
import { requireOptions } from '../errors/option-problems.js';
import { aRecord, aText, required } from '../errors/option-rules.js';
import { ownProperty } from './own-property.js';

/** Modules are recognised by this global symbol, so two copies of the package understand each other. */
export const moduleKey: unique symbol = Symbol.for('flowerpower.module');

/** One parameter as written in the source. */
export interface SourceParameter {
  readonly name: string;
  /** True for a default value or a `?`: the edge is optional. */
  readonly optional: boolean;
  /** The annotation as written, for example `number[]`. */
  readonly type?: string | undefined;
}

/** What the source says about one exported function. */
export interface NodeSource {
  /** The file that holds the function, when it is re-exported from another one. */
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** The text of the doc comment, without stars; the first paragraph describes the node. */
  readonly doc?: string | undefined;
  /** `object`: inputs are the keys of a destructured first parameter. `positional`: each parameter is an input. */
  readonly style: 'object' | 'positional';
  /** Parameters that are edges, in order. A context parameter is not among them. */
  readonly parameters: readonly SourceParameter[];
  /** True when the function takes the node context. */
  readonly takesContext: boolean;
  /** The return annotation as written. */
  readonly returnType?: string | undefined;
}

export interface ModuleOptions<Exports extends object> {
  /** The name shown in errors, tags and pictures, for example `pipelines/hello_world`. */
  readonly name: string;
  /** The module namespace, or any object of functions. */
  readonly exports: Exports;
  /** Path or URL of the source file. */
  readonly file?: string | undefined;
  /**
   * Stands for the text of the file and of everything that it imports from the project: another text when any of
   * it changes. The cache counts it as part of the code of every node of the module, so that it sees an edited helper.
   */
  readonly codeVersion?: string | undefined;
  /**
   * The same of single exports, by name: what stands for the code of one and for all that it reaches. Where an export has
   * one, what else is in its module does not count.
   */
  readonly codeVersions?: Readonly<Record<string, string>> | undefined;
  /** Facts from the source, by export name. */
  readonly nodes?: Readonly<Record<string, NodeSource>> | undefined;
}

/** A module with its name and source facts, as made by {@link defineModule}. */
export interface DefinedModule<Exports extends object = object> extends ModuleOptions<Exports> {
  /** What is known of an export. It comes along, so that plain objects of functions need none of it. */
  readonly [moduleKey]: (exportName: string) => ExportFacts;
}

interface ExportFacts {
  readonly source: NodeSource | undefined;
  readonly place: Place | undefined;
  readonly codeVersion: string | undefined;
}

/**
 * Gives a module a name and, where known, the facts of its source. A plain namespace or object of functions
 * needs none of this: `createDriver({ modules: [namespace] })` is enough.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION`.
 *
 * @example
 * ```ts
 * import { createDriver, defineModule } from '@flowerpower/core';
 *
 * const prices = defineModule({ name: 'prices', exports: { net: ({ gross }: { gross: number }) => gross / 1.2 } });
 * const driver = createDriver({ modules: [prices] });
 * driver.executeSync(['net'], { inputs: { gross: 12 } }); // { net: 10 }
 * ```
 */
export function defineModule<Exports extends object>(
  options: ModuleOptions<Exports>,
): DefinedModule<Exports> {
  requireOptions(
    options,
    {
      name: required(aText),
      exports: required({
        fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        expected: 'a module or an object of functions',
      }),
      file: aText,
      codeVersion: aText,
      codeVersions: aRecord,
      nodes: aRecord,
    },
    'defineModule',
  );
  const made: DefinedModule<Exports> = { ...options, [moduleKey]: (name) => factsOf(made, name) };
  return made;
}

function factsOf(module: ModuleOptions<object>, exportName: string): ExportFacts {
  const source = ownProperty(module.nodes ?? {}, exportName);
  const file = source?.file ?? module.file;
  const codeVersion = ownProperty(module.codeVersions ?? {}, exportName) ?? module.codeVersion;
  if (file === undefined) return { source, place: undefined, codeVersion };
  return {
    source,
    place: source === undefined ? { file } : { file, line: source.line, column: source.column },
    codeVersion,
  };
}

export function exportsOf(module: object): object {
  return isDefinedModule(module) ? module.exports : module;
}

export function isDefinedModule(value: object): value is DefinedModule {
  return moduleKey in value;
}
