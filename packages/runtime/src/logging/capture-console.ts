/**
 * While runs go on, what their nodes print by `console` is told to the run as well. It is printed as before.
 *
 * Process-wide on purpose: there is one console. It is left as it was when the last run has ended.
 */
import { format } from 'node:util';
import type { LogLevel } from './log-level.js';

/** Told of every line that is printed while it listens; whether it comes from one of its nodes is for it to find out. */
export type ConsoleListener = (level: LogLevel, text: string) => void;

const levels = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARNING', error: 'ERROR' } as const;
type Name = keyof typeof levels;
type Print = (...values: unknown[]) => void;

const listeners = new Set<ConsoleListener>();
const taken = new Map<Name, { readonly original: Print; readonly ours: Print }>();
/** What a listener prints is not told, or it would never end. */
let isTelling = false;

/** @returns stops listening; harmless afterwards. */
export function captureConsole(listener: ConsoleListener): () => void {
  if (listeners.size === 0) takeOver();
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) giveBack();
  };
}

function takeOver(): void {
  for (const name of Object.keys(levels) as Name[]) {
    const original = console[name] as Print;
    const ours: Print = (...values) => {
      original.apply(console, values);
      tell(levels[name], values);
    };
    taken.set(name, { original, ours });
    console[name] = ours;
  }
}

/** What somebody else has put in our place meanwhile stays, and goes on to call ours. */
function giveBack(): void {
  for (const [name, { original, ours }] of taken) if (console[name] === ours) console[name] = original;
  taken.clear();
}

function tell(level: LogLevel, values: readonly unknown[]): void {
  if (isTelling || listeners.size === 0) return;
  isTelling = true;
  try {
    const text = format(...values);
    for (const listener of listeners) listener(level, text);
  } catch {
    // A value whose inspection throws has thrown while it was printed.
  } finally {
    isTelling = false;
  }
}
