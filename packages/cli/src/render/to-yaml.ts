/** Plain data as a YAML document: maps and lists as blocks. */
import { yamlValue } from './yaml-lines.js';

export function toYaml(value: unknown): string {
  return `${linesOf(value).join('\n')}\n`;
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ['[]'] : value.flatMap(item);
  if (typeof value !== 'object' || value === null) return [yamlValue(value)];
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, held]) => entry(key, held));
}

function entry(key: string, held: unknown): string[] {
  const name = yamlValue(key);
  const [first, ...rest] = linesOf(held);
  return isBlock(held) ? [`${name}:`, ...[first!, ...rest].map(indented)] : [`${name}: ${first}`];
}

function item(held: unknown): string[] {
  const [first, ...rest] = linesOf(held);
  return [`- ${first}`, ...rest.map(indented)];
}

function isBlock(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((held) => held !== undefined)
  );
}

function indented(line: string): string {
  return `  ${line}`;
}
