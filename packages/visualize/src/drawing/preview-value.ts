import { shorten } from '@flowerpower/core';
import { plainLine } from './plain-text.js';

const textLimit = 24;
const listLimit = 3;

/**
 * A value in at most some thirty characters, for a label. Looks one level deep, reads no getter and runs no code
 * of the value. An instance of a class shows only the name of its class.
 */
export function previewValue(value: unknown): string {
  if (Array.isArray(value)) return bracket('[', value.map(previewScalar), ']');
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) return previewObject(value);
  return previewScalar(value);
}

function previewObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return bracket('{', Object.keys(value), '}');
  if (value instanceof Map || value instanceof Set) return `${className(value)}(${value.size})`;
  if (ArrayBuffer.isView(value) && 'length' in value) return `${className(value)}(${String(value.length)})`;
  return className(value);
}

function previewScalar(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${shorten(plainLine(value), textLimit)}"`;
    case 'bigint':
      return `${shorten(String(value), textLimit)}n`;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'function':
      return `ƒ ${shorten(plainLine(value.name), textLimit)}`.trim();
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
      return Object.getPrototypeOf(value) === Object.prototype ? '{…}' : className(value);
    default:
      return shorten(plainLine(String(value)), textLimit);
  }
}

function bracket(open: string, parts: readonly string[], close: string): string {
  if (parts.length === 0) return open + close;
  const padding = open === '{' ? ' ' : '';
  const shown = parts.slice(0, listLimit).map((part) => shorten(plainLine(part), 12));
  if (parts.length > listLimit) shown.push(`… ${parts.length}`);
  return `${open}${padding}${shown.join(', ')}${padding}${close}`;
}

function className(value: object): string {
  const name: unknown = Reflect.get(value, 'constructor')?.name;
  return typeof name === 'string' && name !== '' ? shorten(plainLine(name), textLimit) : 'Object';
}
