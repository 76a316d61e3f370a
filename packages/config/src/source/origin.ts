import type { Place } from '@flowerpower/core';
import type { SourceFile } from './source-file.js';

/**
 * Where a value may come from, lowest precedence first.
 * - `default`: the schema, or the name given by the caller.
 * - `project`, `pipeline`: the two YAML files.
 * - `overlay`: `conf/env/<env>.yml`.
 * - `global`: FP_LOG_LEVEL, FP_EXECUTOR and the other short variables.
 * - `environment`: FP_PROJECT__… and FP_PIPELINE__… variables.
 * - `hook`: what hooks that build the configuration gave.
 * - `set`: assignments given with `--set` and settings given by flags.
 * - `override`: values given in code.
 */
export type Layer =
  | 'default'
  | 'project'
  | 'pipeline'
  | 'overlay'
  | 'global'
  | 'environment'
  | 'hook'
  | 'set'
  | 'override';

export type Source =
  | { readonly kind: 'file'; readonly layer: Layer; readonly file: SourceFile }
  | {
      readonly kind: 'variable';
      readonly layer: 'global' | 'environment';
      readonly name: string;
      /** In the file that sets it. */
      readonly place?: Place | undefined;
    }
  | { readonly kind: 'set'; readonly layer: 'set'; readonly flag: string }
  | { readonly kind: 'value'; readonly layer: 'hook' | 'override'; readonly by?: string | undefined };

/** The source of one value; `offset` points into the text of a file. */
export interface Origin {
  readonly source: Source;
  readonly offset?: number | undefined;
}

/** The position in a file, where the value has one: for a variable, in the `.env` file that sets it. */
export function placeOf({ source, offset }: Origin): Place | undefined {
  if (source.kind === 'variable') return source.place;
  if (source.kind !== 'file') return undefined;
  if (offset === undefined) return { file: source.file.name };
  return { file: source.file.name, ...source.file.position(offset) };
}

/** Whether it is a value of `storageOptions` in a file: it may be a secret, so no message repeats it. */
export function isHidden({ source, offset }: Origin): boolean {
  return source.kind === 'file' && offset !== undefined && source.file.hides(offset);
}

/** `conf/project.yml:3:5`, `FP_LOG_LEVEL`, `FP_LOG_LEVEL (.env:3)`, `--set run.timeout`, `--timeout` or `override`. Never holds a value. */
export function describePlace(origin: Origin): string {
  const { source } = origin;
  switch (source.kind) {
    case 'file': {
      const place = placeOf(origin);
      return place?.line === undefined ? source.file.name : `${place.file}:${place.line}:${place.column}`;
    }
    case 'variable':
      return source.place === undefined
        ? source.name
        : `${source.name} (${source.place.file}:${source.place.line})`;
    case 'set':
      return source.flag;
    default:
      return source.by ?? 'the settings of this call';
  }
}
