/** The results of a run as a person wants to read them: one block per output, tables for rows. */
import { inspect } from 'node:util';

const maxRows = 10;

export interface LookAt {
  readonly colors: boolean;
  readonly columns: number;
}

/** One block per output, in the order requested. */
export function renderOutputs(outputs: Readonly<Record<string, unknown>>, look: LookAt): string {
  const names = Object.keys(outputs);
  const width = Math.max(0, ...names.map((name) => name.length));
  return names
    .map((name) => {
      const text = renderValue(outputs[name], { ...look, columns: look.columns - 2 });
      return text.includes('\n') || text.length + width + 2 > look.columns
        ? `${name}\n${indent(text)}`
        : `${name.padEnd(width)}  ${text}`;
    })
    .join('\n');
}

function renderValue(value: unknown, look: LookAt): string {
  if (typeof value === 'string') return value;
  if (isTable(value)) return renderTable(value, look);
  if (isList(value)) return renderList(value, look);
  return inspect(value, {
    colors: look.colors,
    breakLength: look.columns,
    depth: 4,
    maxArrayLength: 20,
    maxStringLength: 200,
  });
}

/** A list of plain cells: numbers, texts, dates … */
function isList(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) &&
    value.every((item) => typeof item !== 'object' || item === null || item instanceof Date)
  );
}

/** Items in one line as far as they fit, then how many more there are. */
function renderList(items: readonly unknown[], look: LookAt): string {
  const shown: string[] = [];
  let length = 2;
  for (const item of items) {
    const text = item === null ? 'null' : typeof item === 'string' ? JSON.stringify(item) : renderCell(item);
    length += text.length + 2;
    if (length > look.columns - 12 && shown.length > 0) break;
    shown.push(text);
  }
  const more = items.length - shown.length;
  return `[${shown.join(', ')}${more > 0 ? `, … ${more} more` : ''}]`;
}

type Row = Readonly<Record<string, unknown>>;

/** Rows: a list of plain objects that share the keys of the first. */
function isTable(value: unknown): value is readonly Row[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const first = Object.keys((value[0] as object | null) ?? {});
  return (
    first.length > 0 &&
    value.every(
      (row) =>
        typeof row === 'object' &&
        row !== null &&
        !Array.isArray(row) &&
        Object.values(row as Row).every(
          (cell) => typeof cell !== 'object' || cell === null || cell instanceof Date,
        ) &&
        first.every((key) => key in row),
    )
  );
}

function renderTable(rows: readonly Row[], look: LookAt): string {
  const keys = Object.keys(rows[0]!);
  const shown = rows.slice(0, maxRows);
  const columns = keys.map((key) => {
    const cells = shown.map((row) => renderCell(row[key]));
    const right = shown.every((row) => typeof row[key] === 'number' || typeof row[key] === 'bigint');
    return {
      cells: [key, ...cells],
      width: Math.max(key.length, ...cells.map((cell) => cell.length)),
      right,
    };
  });
  let used = 0;
  const fitting = columns.filter(({ width }) => {
    used += width + 2;
    return used <= look.columns + 2;
  });
  const visible = fitting.length > 0 ? fitting : columns.slice(0, 1);
  const lines = Array.from({ length: shown.length + 1 }, (_, line) =>
    visible
      .map(({ cells, width, right }) => (right ? cells[line]!.padStart(width) : cells[line]!.padEnd(width)))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, visible.map(({ width }) => '─'.repeat(width)).join('  '));
  const hidden = [
    rows.length > shown.length ? `${rows.length - shown.length} more rows` : '',
    visible.length < columns.length ? `${columns.length - visible.length} more columns` : '',
  ].filter((part) => part !== '');
  if (hidden.length > 0) lines.push(`… ${hidden.join(', ')}`);
  return lines.join('\n');
}

function renderCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  const text = (typeof value === 'string' ? value : inspect(value)).replaceAll(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
