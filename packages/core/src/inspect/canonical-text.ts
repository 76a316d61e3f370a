/** A text for a value bound to a parameter, such that different values have different texts. */
import { classNameOf } from '../errors/class-name-of.js';
import { definitionKey, isDefinition } from '../model/definition.js';
import { normaliseSource } from './normalise-source.js';

/**
 * Keys of plain objects are sorted; maps and sets keep their order. Functions count by their text. An object of
 * a class counts by its class name, its `toJSON()` if it has one, and its own enumerable properties: private
 * state stays unseen, and so does an object that throws when it is read, and what lies more than 100 levels deep.
 */
export function canonicalText(value: unknown): string {
  return write(value, []);
}

const maxDepth = 100;

/** @param ancestors - the objects around the value; a circle is written as the distance to its start. */
function write(value: unknown, ancestors: readonly object[]): string {
  try {
    return ancestors.length > maxDepth ? '' : writeReadable(value, ancestors);
  } catch {
    return '';
  }
}

function writeReadable(value: unknown, ancestors: readonly object[]): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return writeFunction(value, ancestors);
  if (typeof value !== 'object' || value === null) return String(value);

  const circle = ancestors.indexOf(value);
  if (circle !== -1) return `circle ${ancestors.length - circle}`;
  const inside = [...ancestors, value];
  const list = (items: Iterable<unknown>) => Array.from(items, (item) => write(item, inside)).join(',');

  if (Array.isArray(value)) return `[${list(value)}]`;
  const className = classNameOf(value);
  const name = className === undefined ? '' : `${className} `;
  if (value instanceof Map) return `${name}(${list([...value].flat(1))})`;
  if (value instanceof Set) return `${name}(${list(value)})`;
  if (value instanceof RegExp) return `${name}(${String(value)})`;
  if (ArrayBuffer.isView(value) && 'length' in value) return `${name}(${list(value as never)})`;
  const json = (value as { toJSON?: unknown }).toJSON;
  const state = typeof json === 'function' ? write(json.call(value), inside) : '';
  const keys = Object.keys(value).sort();
  const properties = keys.map(
    (key) => `${JSON.stringify(key)}:${write((value as Record<string, unknown>)[key], inside)}`,
  );
  return `${name}${state}{${properties.join(',')}}`;
}

/** What `node(...)` made has the text of a wrapper; its definition tells what was written. */
function writeFunction(value: object, ancestors: readonly object[]): string {
  if (!isDefinition(value)) return `function ${normaliseSource(Function.prototype.toString.call(value))}`;
  const { fn, inputs, kind, steps } = value[definitionKey];
  const modifiers = steps.map(({ name, version }) => [name, version]);
  return `node ${write([fn, inputs, kind, modifiers], [...ancestors, value])}`;
}
