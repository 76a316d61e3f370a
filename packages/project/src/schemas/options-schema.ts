/** Options of plugins as JSON Schema, from the schemas that check them. */
import { aReference, type JsonSchema } from '@flowerpower/config';
import { readProperty } from '@flowerpower/core';
import type { OptionsSchema } from '@flowerpower/io';

const draft = 'draft-07';

/**
 * What a user may write for these options; undefined where the library of the schema does not tell. Valibot is asked through
 * its converter, others by the interface for it of Standard Schema (`~standard.jsonSchema`).
 */
export async function optionsJsonSchema(schema: OptionsSchema<unknown>): Promise<JsonSchema | undefined> {
  const standard = schema['~standard'];
  try {
    const converted =
      standard.vendor === 'valibot' ? await fromValibot(schema) : told(readProperty(standard, 'jsonSchema'));
    return isMap(converted) ? (withReferences(converted) as JsonSchema) : undefined;
  } catch {
    // The library says that it cannot; whoever asks says which options they are.
    return undefined;
  }
}

async function fromValibot(schema: OptionsSchema<unknown>): Promise<unknown> {
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  return toJsonSchema(schema as never, { typeMode: 'input', errorMode: 'ignore', target: draft });
}

function told(converter: unknown): unknown {
  const input = readProperty(converter, 'input');
  return typeof input === 'function' ? (input as (options: object) => unknown)({ target: draft }) : undefined;
}

/** A reference to the environment may stand wherever a number, a boolean or one of few texts is expected. */
function withReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withReferences);
  if (!isMap(schema)) return schema;
  const { $schema: _version, ...keywords } = schema;
  const isScalar =
    ['number', 'integer', 'boolean'].includes(keywords['type'] as string) ||
    'enum' in keywords ||
    'const' in keywords ||
    (keywords['type'] === 'string' && 'pattern' in keywords);
  if (isScalar) return { anyOf: [keywords, aReference] };
  return Object.fromEntries(
    Object.entries(keywords).map(([keyword, value]) => [
      keyword,
      keyword === 'properties' && isMap(value)
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withReferences(part)]))
        : ['default', 'examples', 'required'].includes(keyword)
          ? value
          : withReferences(value),
    ]),
  );
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
