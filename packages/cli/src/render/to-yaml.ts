/** Plain data as YAML: maps and lists as blocks, every text that could be read as something else in quotes. */

export function toYaml(value: unknown): string {
  return `${linesOf(value).join('\n')}\n`;
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ['[]'] : value.flatMap(item);
  if (typeof value !== 'object' || value === null) return [scalar(value)];
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, held]) => entry(key, held));
}

function entry(key: string, held: unknown): string[] {
  const name = isPlain(key) ? key : JSON.stringify(key);
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

function scalar(value: unknown): string {
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'null';
}

/** Words and paths that YAML reads as the text that they are. */
function isPlain(text: string): boolean {
  return /^[A-Za-z_][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
}
