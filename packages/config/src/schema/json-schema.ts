/**
 * What the configuration files may hold, as JSON Schema (draft-07) for editors. Derived from the shapes by which they are
 * read, so that both know the same keys.
 */
import type * as v from 'valibot';
import { configKeys } from './config-keys.js';
import { type ObjectShape, pipelineShape, projectShape, type Shape } from './shape.js';

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Gives the JSON Schema of what a schema takes. */
type Convert = (schema: v.GenericSchema<unknown, unknown>) => JsonSchema;

/** A value of the environment, which may be of any type. */
export const aReference: JsonSchema = { type: 'string', pattern: '\\$\\{' };

export interface ConfigJsonSchemas {
  readonly project: JsonSchema;
  readonly pipeline: JsonSchema;
}

/** The schemas of `conf/project.yml` and of `conf/pipelines/<name>.yml`, without what plugins add. */
export async function configJsonSchemas(): Promise<ConfigJsonSchemas> {
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  const convert: Convert = (schema) => {
    const { $schema: _version, ...converted } = toJsonSchema(schema, {
      typeMode: 'input',
      errorMode: 'ignore',
    });
    return converted;
  };
  return {
    project: schemaOf(projectShape, ['project'], convert),
    pipeline: schemaOf(pipelineShape, ['pipeline'], convert),
  };
}

function schemaOf(shape: Shape, path: readonly string[], convert: Convert): JsonSchema {
  switch (shape.kind) {
    case 'object':
      return objectSchema(shape, path, convert);
    case 'entries':
      return { type: 'object', additionalProperties: orNull(schemaOf(shape.value, path, convert)) };
    case 'userMap':
      return { type: 'object' };
    case 'any':
      return {};
    case 'list': {
      const list = { type: 'array', items: schemaOf(shape.item, path, convert) };
      return shape.orBoolean ? { anyOf: [list, { type: 'boolean' }, aReference] } : list;
    }
    default: {
      const value = inAnyCase(shape.schema) ?? convert(shape.schema);
      // Those that are read in any case are offered as they are usually written.
      if (shape.options !== undefined) return { anyOf: [{ enum: shape.options }, value, aReference] };
      return shape.wants === 'text' && !('pattern' in value) ? value : { anyOf: [value, aReference] };
    }
  }
}

/** By file and keys, without those that users choose. */
const helpOf: ReadonlyMap<string, string | undefined> = new Map(
  configKeys.flatMap(({ file, path, help }) => {
    const keys = path.replaceAll(/\.<\w+>/g, '');
    const files = path.startsWith('run.') ? ['project', 'pipeline'] : [file];
    return files.map((each) => [`${each}.${keys}`, help] as const);
  }),
);

function objectSchema(shape: ObjectShape, path: readonly string[], convert: Convert): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, meaning] of shape.keys) {
    if (meaning.kind === 'retired') {
      properties[name] = { ...hidden, description: meaning.note };
      continue;
    }
    const parent = meaning.kind === 'moved' ? shape.children.get(meaning.parent) : shape;
    const child = parent?.kind === 'object' ? parent.children.get(meaning.key) : undefined;
    if (child === undefined) continue;
    const at = [...path, ...(meaning.kind === 'moved' ? [meaning.parent] : []), meaning.key];
    const help = helpOf.get(at.join('.'));
    properties[name] = {
      // A key without a value, and null, take back what a lower layer says.
      ...orNull(schemaOf(child, at, convert)),
      ...(help !== undefined && { description: help }),
      // One spelling is enough to choose from.
      ...((meaning.kind === 'moved' || name !== meaning.key) && hidden),
    };
  }
  const map = { type: 'object', properties, ...(!shape.isOpen && { additionalProperties: false }) };
  return shape.shorthand === undefined
    ? map
    : { anyOf: [map, schemaOf(shape.children.get(shape.shorthand.key)!, path, convert), aReference] };
}

/** A key without a value is null. */
export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

/** One of some texts, in upper or lower case; undefined for other schemas. */
function inAnyCase(schema: v.GenericSchema<unknown, unknown>): JsonSchema | undefined {
  const { pipe = [] } = schema as {
    readonly pipe?: readonly { readonly metadata?: { readonly inAnyCase?: readonly string[] } }[];
  };
  const texts = pipe.find(({ metadata }) => metadata?.inAnyCase !== undefined)?.metadata?.inAnyCase;
  // A pattern of JSON Schema has no flags.
  const pattern = texts?.map((text) =>
    text.replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`),
  );
  return pattern && { type: 'string', pattern: `^(?:${pattern.join('|')})$` };
}

/** For the language server of editors: valid, and not offered. */
const hidden = { doNotSuggest: true };
