/**
 * Edges as lines of box-drawing characters, one row for each node in topological order. Every node whose value is
 * used later owns a lane: a column that runs down from its marker to the row of its last consumer. A consumer's
 * marker is joined to the lanes of its sources by a horizontal line; a lane that only passes by crosses it as `│`.
 *
 * ```
 * ○     spend
 * │ ○   signups
 * ├─┴─● spendPerSignup
 * ╰───● spendMean
 * ```
 */
import type { Drawing } from '../drawing/drawing.js';

export interface LaneRow {
  /** What stands left of the marker, the marker's place, and what stands right of it. */
  readonly before: string;
  readonly after: string;
  /** The lanes that run on below, for further lines of text about the same node. */
  readonly below: string;
}

export interface Lanes {
  readonly rows: readonly LaneRow[];
  /** Cells of the widest row, marker included. */
  readonly width: number;
}

interface Tap {
  readonly column: number;
  readonly optional: boolean;
  readonly ends: boolean;
}

export function drawLanes({ nodes, edges }: Drawing): Lanes {
  const rowOf = new Map(nodes.map(({ id }, row) => [id, row]));
  const lastUse = new Map<string, number>();
  const incoming = new Map<string, Map<string, boolean>>();
  for (const { from, to, optional } of edges) {
    lastUse.set(from.id, Math.max(lastUse.get(from.id) ?? 0, rowOf.get(to.id) ?? 0));
    const sources = incoming.get(to.id) ?? new Map<string, boolean>();
    // An item and all items of one node come along one lane.
    incoming.set(to.id, sources.set(from.id, optional && sources.get(from.id) !== false));
  }

  const columnOf = new Map<string, number>();
  let lanes: boolean[] = [];
  const rows: LaneRow[] = [];
  nodes.forEach(({ id }, row) => {
    const taps = Array.from(incoming.get(id) ?? [], ([source, optional]): Tap => {
      return { column: columnOf.get(source) ?? 0, optional, ends: lastUse.get(source) === row };
    });
    // To the right of its sources where that costs no new column, so that lines read from left to right.
    const free = (from: number) => {
      let column = from;
      while (lanes[column] === true) column++;
      return column;
    };
    const rightmost = Math.max(-1, ...taps.map(({ column }) => column));
    const preferred = free(rightmost + 1);
    const own = preferred < lanes.length ? preferred : free(0);
    const next = [...lanes];
    for (const { column, ends } of taps) if (ends) next[column] = false;
    next[own] = lastUse.has(id);
    columnOf.set(id, own);
    rows.push(drawRow(lanes, next, own, taps));
    lanes = next.slice(0, next.lastIndexOf(true) + 1);
  });
  const width = Math.max(
    0,
    ...rows.map(({ before, after, below }) => Math.max(before.length + 1 + after.length, below.length)),
  );
  return { rows, width };
}

function drawRow(
  lanes: readonly boolean[],
  next: readonly boolean[],
  own: number,
  taps: readonly Tap[],
): LaneRow {
  const byColumn = new Map(taps.map((tap) => [tap.column, tap]));
  const low = Math.min(own, ...byColumn.keys());
  const high = Math.max(own, ...byColumn.keys());
  const last = Math.max(high, lanes.length - 1);
  let cells = '';
  for (let column = 0; column <= last; column++) {
    const tap = byColumn.get(column);
    if (column === own) cells += '●';
    else if (tap !== undefined) cells += junction(tap, column === low, column === high);
    else if (lanes[column] === true) cells += '│';
    else cells += column > low && column < high ? line(taps, column, own) : ' ';
    if (column < last) cells += column >= low && column < high ? line(taps, column + 0.5, own) : ' ';
  }
  return {
    before: cells.slice(0, own * 2),
    after: cells.slice(own * 2 + 1).trimEnd(),
    below: next
      .map((active) => (active ? '│' : ' '))
      .join(' ')
      .trimEnd(),
  };
}

function junction({ ends }: Tap, isLow: boolean, isHigh: boolean): string {
  if (isLow) return ends ? '╰' : '├';
  if (isHigh) return ends ? '╯' : '┤';
  return ends ? '┴' : '┼';
}

/** The horizontal line at a place is dashed when only optional edges run through it. */
function line(taps: readonly Tap[], place: number, own: number): string {
  const through = taps.filter(({ column }) => (place < own ? column < place : column > place));
  return through.every(({ optional }) => optional) ? '╌' : '─';
}
