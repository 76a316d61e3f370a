/** The lines that a person sees while a run goes on. */
import type { Terminal } from '../terminal/terminal.js';
import { wholeSeconds } from '../render/duration.js';
import type { TerminalSize } from '../terminal/live-region.js';
import type { RunningNode, RunWatch } from './run-watch.js';

/** More would push what has ended out of sight. */
const maxNodes = 8;

/** Below this a person cannot read more than numbers. */
const narrow = 30;

/**
 * One line for each node that runs, the longest first, and one for the run. Nothing before the run has begun, and after it
 * has ended nothing is asked for.
 */
export function liveLines(
  watch: RunWatch,
  nowMs: number,
  { columns, rows }: TerminalSize,
  { paint }: Pick<Terminal, 'paint'>,
): string[] {
  if (watch.startedMs === undefined || watch.planned === 0) return [];
  const running = watch.running();
  // Half of a low terminal belongs to what has ended.
  const room = columns < narrow ? 0 : Math.min(maxNodes, Math.max(0, Math.floor(rows / 2) - 1));
  const shown = running.slice(0, running.length > room ? Math.max(0, room - 1) : room);
  const lines = shown.map((node) => nodeLine(node, nowMs, paint));
  if (room > 0 && shown.length < running.length)
    lines.push(`  ${paint('dim', `… and ${running.length - shown.length} more`)}`);
  return [...lines, `  ${runLine(watch, nowMs, columns < narrow, paint)}`];
}

function nodeLine(node: RunningNode, nowMs: number, paint: Terminal['paint']): string {
  const facts = [itemsOf(node, nowMs), elapsed(nowMs - node.startedMs)].filter(Boolean).join(', ');
  return `  ${paint('cyan', '▸')} ${node.name}${facts === '' ? '' : `  ${paint('dim', facts)}`}`;
}

function itemsOf({ items, startedMs, total }: RunningNode, nowMs: number): string {
  if (items === undefined) return '';
  const { ended, failed, atMs } = items;
  const perMs = ended / Math.max(1, atMs - startedMs);
  const leftMs = total === undefined || ended === 0 ? 0 : (total - ended) / perMs - (nowMs - atMs);
  return [
    `${ended}${total === undefined ? '' : ` of ${total}`} items`,
    failed === 0 ? '' : `${failed} failed`,
    rate(perMs * 1000),
    leftMs < 1000 ? '' : `about ${wholeSeconds(leftMs)} left`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Items of a second, or of a minute where a second has none. */
function rate(perSecond: number): string {
  if (perSecond >= 10) return `${Math.round(perSecond)}/s`;
  if (perSecond >= 1) return `${perSecond.toFixed(1)}/s`;
  return `${(perSecond * 60).toFixed(1)}/min`;
}

function runLine(watch: RunWatch, nowMs: number, isNarrow: boolean, paint: Terminal['paint']): string {
  const { planned, ended, failed, next } = watch;
  const since = elapsed(nowMs - watch.startedMs!);
  const count = isNarrow
    ? `${ended}/${planned}`
    : `${ended} of ${planned === 1 ? '1 node' : `${planned} nodes`}`;
  const waiting =
    next === undefined ? '' : `attempt ${next.attempt} in ${elapsed(next.atMs - nowMs) || '0 s'}`;
  const failures = failed === 0 ? '' : `${failed} failed`;
  const facts = [waiting, since].filter(Boolean).join(', ');
  return [paint('bold', count), paint('red', failures), paint('dim', facts)]
    .filter((part) => part !== '')
    .join('  ');
}

/** Whole seconds: what changes more often only flickers. Nothing for the first one. */
function elapsed(ms: number): string {
  return ms < 1000 ? '' : wholeSeconds(ms);
}
