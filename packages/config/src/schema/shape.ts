/**
 * What the walk over a tree needs to know about a schema: which keys are FlowerPower's own, how they may be
 * spelled, and what type stands where. Derived from the valibot schemas, which stay the single source.
 */
import type * as v from 'valibot';
import { movedToRetry, retiredCacheKeys, retiredRunKeys } from './legacy.js';
import { pipelineSchema } from './pipeline-config.js';
import { namedFileSystemSchema, projectSchema } from './project-config.js';
import { runSchema } from './run-config.js';

export type Shape = ObjectShape | EntriesShape | UserMapShape | AnyShape | ListShape | ScalarShape;

/** A map of FlowerPower's own keys. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly children: ReadonlyMap<string, Shape>;
  /** camelCase and snake_case spelling → what it means. */
  readonly keys: ReadonlyMap<string, KeyMeaning>;
  /** The same without case and underscores. */
  readonly looseKeys: ReadonlyMap<string, KeyMeaning>;
  /** The key that a plain scalar stands for. */
  readonly shorthand?: Shorthand | undefined;
  /** Other keys belong to the user. */
  readonly isOpen: boolean;
}

export interface Shorthand {
  readonly key: string;
  readonly wants: 'text' | 'boolean';
  /** What a map that gives other keys means for this one. */
  readonly implied?: boolean | undefined;
}

/** A map of user's keys whose values have one shape. */
interface EntriesShape {
  readonly kind: 'entries';
  readonly value: Shape;
}

/** A map that belongs to the user, at any depth. */
interface UserMapShape {
  readonly kind: 'userMap';
}

export interface AnyShape {
  readonly kind: 'any';
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  /** One boolean may stand for the whole list. */
  readonly orBoolean: boolean;
}

export interface ScalarShape {
  readonly kind: 'scalar';
  readonly wants: 'text' | 'number' | 'boolean';
  readonly schema: v.GenericSchema<unknown, unknown>;
  /** The allowed values of an enumeration. */
  readonly options?: readonly string[] | undefined;
}

export type KeyMeaning = OwnKey | MovedKey | RetiredKey;

interface OwnKey {
  readonly kind: 'own';
  readonly key: string;
}

/** A former key, which now stands in the map `parent`. */
export interface MovedKey {
  readonly kind: 'moved';
  readonly parent: string;
  readonly key: string;
}

/** A former key without a feature behind it. */
export interface RetiredKey {
  readonly kind: 'retired';
  readonly key: string;
  readonly note: string;
}

/** Facts about a schema that valibot has no word for. */
interface Extras {
  readonly shorthand?: Shorthand | undefined;
  readonly meanings?: readonly KeyMeaning[] | undefined;
  /** Former name → name, of keys whose meaning has stayed. */
  readonly renamed?: Readonly<Record<string, string>> | undefined;
}

const retired = (notes: Readonly<Record<string, string>>) =>
  Object.entries(notes).map(([key, note]): KeyMeaning => ({ kind: 'retired', key, note }));

/** The schema of a map inside `run`. */
const insideRun = (key: 'executor' | 'cache'): unknown =>
  (runSchema.entries[key] as unknown as { readonly wrapped: unknown }).wrapped;

const extras = new Map<unknown, Extras>([
  [namedFileSystemSchema, { shorthand: { key: 'path', wants: 'text' } }],
  [insideRun('executor'), { shorthand: { key: 'type', wants: 'text' } }],
  [
    insideRun('cache'),
    {
      shorthand: { key: 'enabled', wants: 'boolean', implied: true },
      meanings: retired(retiredCacheKeys),
      renamed: { path: 'dir' },
    },
  ],
  [
    runSchema,
    {
      meanings: [
        ...movedToRetry.map((key): KeyMeaning => ({ kind: 'moved', parent: 'retry', key })),
        ...retired(retiredRunKeys),
      ],
    },
  ],
]);

/** The parts of valibot's schema objects that the shapes are read from. */
type SchemaNode =
  | { readonly type: 'optional'; readonly wrapped: v.GenericSchema }
  | {
      readonly type: 'strict_object' | 'loose_object';
      readonly entries: Readonly<Record<string, v.GenericSchema>>;
    }
  | { readonly type: 'record'; readonly value: v.GenericSchema }
  | { readonly type: 'array'; readonly item: v.GenericSchema }
  | { readonly type: 'union'; readonly options: readonly v.GenericSchema[] }
  | { readonly type: 'unknown' }
  | {
      readonly type: 'string' | 'number' | 'boolean' | 'picklist';
      readonly pipe?: readonly PipeItem[] | undefined;
    };

interface PipeItem {
  readonly type: string;
  readonly options?: readonly string[] | undefined;
}

export const anyShape: AnyShape = { kind: 'any' };
export const projectShape = objectShape(projectSchema.entries);
export const pipelineShape = objectShape(pipelineSchema.entries);

/** The entry of a key in an object shape, by any of its spellings. */
export function findKey(shape: ObjectShape, key: string, style: KeyStyle): KeyMeaning | undefined {
  return style === 'exact' ? shape.keys.get(key) : shape.looseKeys.get(loosen(key));
}

/** `exact`: camelCase or snake_case. `loose`: case and underscores do not count, as in names of variables. */
export type KeyStyle = 'exact' | 'loose';

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function shapeOf(schema: v.GenericSchema): Shape {
  // valibot publishes these fields of its schema objects, but not as one discriminated union.
  const node = schema as unknown as SchemaNode;
  switch (node.type) {
    case 'optional':
      return shapeOf(node.wrapped);
    case 'strict_object':
    case 'loose_object':
      return objectShape(node.entries, node.type === 'loose_object', extras.get(schema));
    case 'record': {
      const value = shapeOf(node.value);
      return value.kind === 'any' ? { kind: 'userMap' } : { kind: 'entries', value };
    }
    case 'array':
      return { kind: 'list', item: shapeOf(node.item), orBoolean: false };
    case 'union': {
      const list = node.options.map(shapeOf).find((shape) => shape.kind === 'list');
      if (list === undefined)
        throw new TypeError('The only union that configuration has is a list or a boolean.');
      return { ...list, orBoolean: true };
    }
    case 'unknown':
      return anyShape;
    default: {
      const steps: readonly PipeItem[] = node.pipe ?? [node];
      const wants = node.type === 'number' || node.type === 'boolean' ? node.type : 'text';
      return { kind: 'scalar', wants, schema, options: steps.find(({ options }) => options)?.options };
    }
  }
}

function objectShape(
  entries: Readonly<Record<string, v.GenericSchema>>,
  isOpen = false,
  { shorthand, meanings = [], renamed = {} }: Extras = {},
): ObjectShape {
  const children = new Map<string, Shape>();
  const keys = new Map<string, KeyMeaning>();
  const looseKeys = new Map<string, KeyMeaning>();
  const add = (meaning: KeyMeaning, name = meaning.key) => {
    keys.set(name, meaning).set(snakeCase(name), meaning);
    looseKeys.set(loosen(name), meaning);
  };
  for (const [key, child] of Object.entries(entries)) {
    children.set(key, shapeOf(child));
    add({ kind: 'own', key });
  }
  for (const meaning of meanings) add(meaning);
  for (const [name, key] of Object.entries(renamed)) add({ kind: 'own', key }, name);
  return { kind: 'object', children, keys, looseKeys, shorthand, isOpen };
}

function loosen(key: string): string {
  return key.toLowerCase().replaceAll('_', '');
}
