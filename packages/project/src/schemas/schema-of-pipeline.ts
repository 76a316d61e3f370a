/** What an editor completes in the file of one pipeline: the names that its graph has. */
import { aReference, type JsonSchema, orNull } from '@flowerpower/config';
import type { LoadedPipeline } from '../pipelines/loaded-pipeline.js';
import { isMap } from './options-schema.js';

interface Described {
  readonly name: string;
  readonly description: string | undefined;
}

interface Names {
  /** What may be asked for, saved and cached. */
  readonly nodes: readonly Described[];
  readonly inputs: readonly Described[];
  /** Nodes by name, with their parameters. */
  readonly parameters: ReadonlyMap<string, readonly Described[]>;
}

/** @param general - of the pipelines of the project. */
export function schemaOfPipeline(general: JsonSchema, pipeline: LoadedPipeline): JsonSchema {
  const names = namesOf(pipeline);
  const { nodes, inputs, parameters } = names;
  const nodeName: JsonSchema = {
    anyOf: [
      ...nodes.map(({ name, description }) => withDescription({ const: name }, description)),
      aReference,
    ],
  };
  const listed = { type: 'array', items: nodeName };
  const ofCache = { anyOf: [listed, { type: 'boolean' }, aReference, { type: 'null' }] };
  const ofNodes = [...parameters].map(([name, each]): [string, JsonSchema] => [
    name,
    withDescription({ properties: offered(each) }, nodes.find((node) => node.name === name)?.description),
  ]);
  const changes: readonly Change[] = [
    [['run', 'finalVars'], () => orNull(listed)],
    ...['default', 'recompute', 'disable', 'ignore'].map(
      (key): Change => [['run', 'cache', key], () => ofCache],
    ),
    [['run', 'inputs'], () => orNull(namesOnly(inputs))],
    [
      ['params'],
      () =>
        orNull({
          type: 'object',
          properties: { ...offered(inputs), ...Object.fromEntries(ofNodes) },
          propertyNames: oneOf([...inputs, ...nodes, ...[...parameters.keys()].map(described)]),
        }),
    ],
    [['io', 'save'], (save) => withNames(save, { propertyNames: oneOf(nodes) })],
  ];
  return {
    ...changes.reduce((schema, [keys, change]) => changed(schema, keys, change), general),
    title: `FlowerPower pipeline ${pipeline.name}`,
  };
}

function namesOf({ graph, modules, configuration }: LoadedPipeline): Names {
  const nodes: Described[] = [];
  const inputs: Described[] = [];
  for (const [name, node] of graph.nodes) {
    const description =
      [node.doc, node.type && `Type: ${node.type}`].filter(Boolean).join('\n\n') || undefined;
    (node.kind === 'input' ? inputs : nodes).push({ name, description });
  }
  // An input of the graph that a parameter is bound to is given there.
  const given = Object.keys(configuration.value.run.inputs).filter(
    (name) => !inputs.some((each) => each.name === name),
  );
  const parameters = new Map(
    modules.flatMap((module) =>
      Object.entries(module.nodes).map(([name, node]): [string, Described[]] => [
        name,
        node.parameters.map((each) => ({ name: each.name, description: each.type && `Type: ${each.type}` })),
      ]),
    ),
  );
  return { nodes, inputs: [...inputs, ...given.map(described)], parameters };
}

function described(name: string): Described {
  return { name, description: undefined };
}

function withDescription(schema: JsonSchema, description: string | undefined): JsonSchema {
  return description === undefined ? schema : { ...schema, description };
}

function offered(names: readonly Described[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(names.map(({ name, description }) => [name, withDescription({}, description)]));
}

function oneOf(names: readonly Described[]): JsonSchema {
  return { enum: [...new Set(names.map(({ name }) => name))] };
}

/** JSON Schema has no empty enumeration. */
function namesOnly(names: readonly Described[]): JsonSchema {
  return names.length === 0
    ? { type: 'object', maxProperties: 0 }
    : { type: 'object', properties: offered(names), additionalProperties: false };
}

type Change = readonly [keys: readonly string[], change: (schema: JsonSchema) => JsonSchema];

/** A schema with that of one key changed, in either spelling, whatever it is wrapped in. */
function changed(schema: JsonSchema, [key, ...rest]: readonly string[], change: Change[1]): JsonSchema {
  if (key === undefined) return change(schema);
  const { properties, anyOf } = schema;
  if (isMap(properties)) {
    const others = Object.entries(properties).map(([name, value]) => [
      name,
      isSpelling(name, key)
        ? { ...(value as JsonSchema), ...changed(value as JsonSchema, rest, change) }
        : value,
    ]);
    return { ...schema, properties: Object.fromEntries(others) as unknown };
  }
  return Array.isArray(anyOf)
    ? { ...schema, anyOf: (anyOf as JsonSchema[]).map((each) => changed(each, [key, ...rest], change)) }
    : schema;
}

function isSpelling(name: string, key: string): boolean {
  return name === key || name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) === key;
}

/** Adds to the map in a schema that may be null. */
function withNames(schema: JsonSchema, names: JsonSchema): JsonSchema {
  if (schema['type'] === 'object') return { ...schema, ...names };
  const { anyOf } = schema;
  return Array.isArray(anyOf)
    ? { ...schema, anyOf: (anyOf as JsonSchema[]).map((each) => withNames(each, names)) }
    : schema;
}
