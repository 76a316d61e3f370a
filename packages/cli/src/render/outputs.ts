/** The results of a run as a person wants to read them: one block per output, tables for rows. */
import { printable, shorten } from '@flowerpower/core';
import { keepColors, removeStyles } from '../terminal/styles.js';
import { brief } from './brief.js';
import { showValue } from './show-value.js';

const maxRows = 10;
/** Characters and lines of one output. */
const maxLength = 100_000;
const maxLines = 1000;

export interface LookAt {
  readonly columns: number;
}

/** One block of lines per output, in the order requested. Never throws, whatever a value does when it is looked at. */
export function renderOutputs(outputs: Readonly<Record<string, unknown>>, { columns }: LookAt): string[] {
  const names = Object.keys(outputs);
  const width = Math.max(0, ...names.map((name) => printable(name).length));
  return names.flatMap((name) => {
    const look = { columns: columns - 2 };
    const [first = '', ...rest] = renderValue(outputs[name], look);
    const isShort = rest.length === 0 && plainLength(first) + width + 2 <= columns;
    if (isShort) return [`${printable(name).padEnd(width)}  ${first}`];
    return [name, ...[first, ...rest].map((line) => (line === '' ? '' : `  ${line}`))];
  });
}

function renderValue(value: unknown, look: LookAt): string[] {
  if (typeof value === 'string') return cutLines(value);
  try {
    if (isTable(value)) return renderTable(value, look);
    if (isList(value)) return [renderList(value, look)];
    if (isStream(value))
      return ['a stream, which is read by whoever takes it; save it, or read it in a node'];
  } catch {
    // A getter or a proxy that throws: what follows looks without touching them.
  }
  const shown = showValue(value, {
    colors: true,
    breakLength: look.columns,
    depth: 4,
    maxArrayLength: 20,
    maxStringLength: 200,
  });
  return cutLines(shown).map(keepColors);
}

/** At most so much of a text that people may want to look at it. */
function cutLines(text: string): string[] {
  const lines = text.slice(0, maxLength).split('\n').slice(0, maxLines);
  const left = text.length - lines.join('\n').length;
  return left === 0 ? lines : [...lines, `… ${left} more characters; --json prints all of them`];
}

/** The characters that are seen: without colours. */
function plainLength(line: string): number {
  return removeStyles(line).length;
}

/** How many items of a list decide how it is shown. More of them are not looked at. */
const maxChecked = 1000;

/** A list of plain cells: numbers, texts, dates … */
function isList(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) &&
    value
      .slice(0, maxChecked)
      .every((item) => typeof item !== 'object' || item === null || item instanceof Date)
  );
}

/** Items in one line as far as they fit, then how many more there are. */
function renderList(items: readonly unknown[], look: LookAt): string {
  const shown: string[] = [];
  let length = 2;
  for (const item of items) {
    const text =
      item === null || item === undefined
        ? String(item)
        : typeof item === 'string'
          ? JSON.stringify(brief(item, 1000))
          : renderCell(item);
    length += text.length + 2;
    if (length > look.columns - 12 && shown.length > 0) break;
    shown.push(text);
  }
  const more = items.length - shown.length;
  return `[${shown.join(', ')}${more > 0 ? `, … ${more} more` : ''}]`;
}

function isStream(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function'
  );
}

type Row = Readonly<Record<string, unknown>>;

/** Rows: a list of plain objects that share the keys of the first. */
function isTable(value: unknown): value is readonly Row[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const first = Object.keys((value[0] as object | null) ?? {});
  return (
    first.length > 0 &&
    value
      .slice(0, maxChecked)
      .every(
        (row) =>
          typeof row === 'object' && row !== null && !Array.isArray(row) && first.every((key) => key in row),
      )
  );
}

function renderTable(rows: readonly Row[], look: LookAt): string[] {
  const keys = Object.keys(rows[0]!);
  const shown = rows.slice(0, maxRows);
  const columns = keys.slice(0, look.columns).map((key) => {
    const cells = [shortCell(key), ...shown.map((row) => renderCell(row[key]))];
    const right = shown.every((row) => typeof row[key] === 'number' || typeof row[key] === 'bigint');
    return { cells, width: Math.max(...cells.map((cell) => cell.length)), right };
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
    visible.length < keys.length ? `${keys.length - visible.length} more columns` : '',
  ].filter((part) => part !== '');
  if (hidden.length > 0) lines.push(`… ${hidden.join(', ')}`);
  return lines;
}

function renderCell(value: unknown): string {
  // So that nothing, no text and the text of that name are told apart.
  if (value === null || value === undefined) return String(value);
  if (value === '' || value === 'null' || value === 'undefined') return JSON.stringify(value);
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? 'Invalid Date' : value.toISOString();
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return shortCell(typeof value === 'string' ? value : showValue(value, { breakLength: Infinity, depth: 1 }));
}

/** One line, escaped here already because columns are as wide as what is seen. */
function shortCell(text: string): string {
  return shorten(printable(text.slice(0, 200).replaceAll(/\s+/g, ' ')), 40);
}
