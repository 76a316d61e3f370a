/** Plain data as YAML: maps as blocks, everything else in one line. */
import { showValue } from './show-value.js';

export function yamlLines(map: Readonly<Record<string, unknown>>, indent = ''): string[] {
  return Object.entries(map).flatMap(([key, value]) =>
    isMap(value) && Object.keys(value).length > 0
      ? [`${indent}${yamlText(key)}:`, ...yamlLines(value, `${indent}  `)]
      : [`${indent}${yamlText(key)}: ${yamlValue(value)}`],
  );
}

/** A value in one line. What is no data, as a function that code gave, is described. */
export function yamlValue(value: unknown): string {
  if (typeof value === 'string') return yamlText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : numbers(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`;
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${yamlText(key)}: ${yamlValue(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return yamlText(showValue(value, { depth: 1 }));
}

function numbers(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  return value > 0 ? '.inf' : '-.inf';
}

/** Words that YAML, of this version or an older one, reads as something else. */
const otherwise = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

function yamlText(text: string): string {
  return /^[A-Za-z_/][\w./-]*$/.test(text) && !otherwise.test(text) ? text : JSON.stringify(text);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
