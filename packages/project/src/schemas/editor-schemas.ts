/** What editors complete in the configuration files of a project, with the formats and schemes of its plugins. */
import { aReference, configJsonSchemas, type JsonSchema, orNull } from '@flowerpower/config';
import type { OptionsSchema } from '@flowerpower/io';
import type { Registry } from '@flowerpower/plugin';
import { withOptionHelp } from './option-help.js';
import { isMap, optionsJsonSchema } from './options-schema.js';

export interface EditorSchemas {
  /** Of `conf/project.yml`. */
  readonly project: JsonSchema;
  /** Of the files in `conf/pipelines`. */
  readonly pipeline: JsonSchema;
  /** Of the files in `conf/env`. */
  readonly environment: JsonSchema;
  /** Options that an editor cannot be told of, in words: there anything is accepted. */
  readonly open: readonly string[];
}

const aMapOrNull = orNull({ type: 'object' });
const otherSpelling = { ...aMapOrNull, doNotSuggest: true };
/** What stands in an entry of `io:` beside the options of its format. */
const besideOptions = {
  load: { schema: { type: 'string' }, storageOptions: aMapOrNull, storage_options: otherSpelling },
  save: { storageOptions: aMapOrNull, storage_options: otherSpelling },
};
/** The name of the folder of the project, which `fileSystems` cannot give. */
const ownFileSystem = 'project';

export async function editorSchemas(registry: Registry): Promise<EditorSchemas> {
  const open: string[] = [];
  const convert = async (what: string, schema: OptionsSchema<unknown>): Promise<JsonSchema> => {
    const converted = await optionsJsonSchema(schema);
    if (converted === undefined) open.push(what);
    return converted ?? { type: 'object' };
  };
  const storage: Record<string, JsonSchema> = {};
  for (const scheme of registry.schemes) {
    const { options } = registry.fileSystem(scheme);
    if (options === undefined) continue;
    storage[scheme] = await convert(`storageOptions.${scheme}`, options);
  }
  const storageCases = Object.entries(storage).map(([scheme, options]) => storageCase(scheme, options));
  const entryOf = async (kind: 'load' | 'save'): Promise<JsonSchema> => {
    const types = kind === 'load' ? registry.loaders : registry.savers;
    const cases: JsonSchema[] = [];
    for (const type of types) {
      const { options } = kind === 'load' ? registry.loader(type) : registry.saver(type);
      const what = `the options of the ${kind === 'load' ? 'loader' : 'saver'} '${type}'`;
      const taken = withOptionHelp(
        withKeys(await convert(what, options), { type: {}, ...besideOptions[kind] }),
      );
      cases.push(caseOf({ required: ['type'], properties: { type: { const: type } } }, taken));
    }
    const type = { anyOf: [{ enum: types }, aReference] };
    return { type: 'object', required: ['type'], properties: { type }, allOf: [...cases, ...storageCases] };
  };
  const { project, pipeline } = await configJsonSchemas();
  const entries = { load: await entryOf('load'), save: await entryOf('save') };
  const ofProject = withStorage(project, storage, storageCases);
  const ofPipeline = withEntries(pipeline, entries);
  return {
    project: document('FlowerPower project', withPaths(ofProject)),
    pipeline: document('FlowerPower pipeline', ofPipeline),
    environment: document(
      'FlowerPower environment',
      overlay(ofProject, withEntries(pipeline, { load: partOf(entries.load), save: partOf(entries.save) })),
    ),
    open,
  };
}

function document(title: string, schema: JsonSchema): JsonSchema {
  // An empty file is null.
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema, type: ['object', 'null'] };
}

/** What stands over the files of a project for one environment. */
function overlay(project: JsonSchema, pipeline: JsonSchema): JsonSchema {
  const part = orNull(pipeline);
  const pipelines = orNull({ type: 'object', additionalProperties: part });
  const properties = { project: orNull(project), pipeline: part, pipelines };
  return { type: 'object', properties, additionalProperties: false };
}

/** An entry that may leave out what stands in the file below it. */
function partOf({ required: _type, allOf, ...entry }: JsonSchema): JsonSchema {
  const cases = (allOf as readonly { readonly if: JsonSchema; readonly then: JsonSchema }[]).map((each) => {
    const { required: _options, ...taken } = each.then;
    return caseOf(each.if, taken);
  });
  return { ...entry, allOf: cases };
}

function caseOf(condition: JsonSchema, taken: JsonSchema): JsonSchema {
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema, and no function
  return { if: condition, then: taken };
}

function withKeys(schema: JsonSchema, keys: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return isMap(schema['properties'])
    ? { ...schema, properties: { ...keys, ...schema['properties'] } }
    : schema;
}

/** Options of a scheme that nobody brings are refused, as they are when the project is opened. */
function withStorage(
  project: JsonSchema,
  storage: Readonly<Record<string, JsonSchema>>,
  storageCases: readonly JsonSchema[],
): JsonSchema {
  const known = Object.entries(storage).map(([scheme, options]) => [scheme, orNull(withNulls(options))]);
  const schema = orNull({
    type: 'object',
    properties: Object.fromEntries(known) as unknown,
    additionalProperties: false,
  });
  const replaced = replaceAll(project, ['storageOptions', 'storage_options'], schema);
  // JSON Schema has no list of no conditions.
  if (storageCases.length === 0) return replaced;
  return mapFileSystems(replaced, (fileSystem) => ({ ...fileSystem, allOf: storageCases }));
}

/** An option without a value takes back what a lower layer says. */
function withNulls({ properties, ...schema }: JsonSchema): JsonSchema {
  if (!isMap(properties)) return schema;
  const each = Object.entries(properties).map(([name, option]) => [name, orNull(option as JsonSchema)]);
  return { ...schema, properties: Object.fromEntries(each) as unknown };
}

/** The options of one place, over those that the project has for its scheme. */
function storageCase(scheme: string, { required: _options, ...options }: JsonSchema): JsonSchema {
  const path = { type: 'string', pattern: `^${scheme.replaceAll(/[+.]/g, String.raw`\$&`)}://` };
  const taken = orNull(withNulls(options));
  return caseOf(
    { type: 'object', required: ['path'], properties: { path } },
    { properties: { storageOptions: taken, storage_options: taken } },
  );
}

/** A location has a path, unless a file of an environment gives another part of it. */
function withPaths(project: JsonSchema): JsonSchema {
  return mapFileSystems(project, (fileSystem) => ({
    allOf: [fileSystem, caseOf({ type: 'object' }, { required: ['path'] })],
  }));
}

function mapFileSystems(project: JsonSchema, change: (fileSystem: JsonSchema) => JsonSchema): JsonSchema {
  const properties = project['properties'] as Readonly<
    Record<string, { readonly anyOf: readonly JsonSchema[] }>
  >;
  const [map, none] = properties['fileSystems']!.anyOf;
  const each = change(map!['additionalProperties'] as JsonSchema);
  const schema = {
    anyOf: [{ ...map, additionalProperties: each, propertyNames: { not: { const: ownFileSystem } } }, none],
  };
  return replaceAll(project, ['fileSystems', 'file_systems'], schema);
}

function withEntries(
  pipeline: JsonSchema,
  entries: Readonly<Record<'load' | 'save', JsonSchema>>,
): JsonSchema {
  const { load, save } = entries;
  const bindings = (entry: JsonSchema) => ({
    anyOf: [{ type: 'object', additionalProperties: orNull(entry) }, { type: 'null' }],
  });
  const io = {
    type: 'object',
    properties: { load: bindings(load), save: bindings(save) },
    additionalProperties: false,
  };
  return replaceAll(pipeline, ['io'], { anyOf: [io, { type: 'null' }] });
}

function replaceAll(schema: JsonSchema, keys: readonly string[], by: JsonSchema): JsonSchema {
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>>;
  const replaced = Object.entries(properties).map(([key, value]) => [
    key,
    keys.includes(key) ? { ...value, ...by } : value,
  ]);
  return { ...schema, properties: Object.fromEntries(replaced) as unknown };
}
