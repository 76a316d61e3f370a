/**
 * Watches the main thread from outside of it. Synchronous code of a node can keep that thread busy for ever, and then
 * neither a timer nor the handler of a signal runs there. This thread has both; when the main thread does not answer,
 * it interrupts it through the inspector, as a debugger would, and lets it say what is to be said or end the process.
 */
import { writeSync } from 'node:fs';
import { Session } from 'node:inspector';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { WatchdogData, WatchdogMessage, WatchdogOrder } from './watchdog.js';

const { hook, signals } = workerData as WatchdogData;
/** How long a main thread that is not busy takes to answer at most. */
const answerMs = 500;
/** A thread that cannot be interrupted within this time is not in JavaScript at all. */
const interruptMs = 2000;
/** A timer of Node takes 24 days at most; a longer timeout is not watched. */
const longestMs = 2_000_000_000;

const port = parentPort!;
// The file is a program, one for each thread: this is the state of its one watch.
let graceMs = 10_000;
let deadlines: NodeJS.Timeout[] = [];
let asked = 0;

port.on('message', (order: WatchdogOrder) => {
  if (order.type === 'here') return;
  deadlines.forEach(clearTimeout);
  deadlines = [];
  if (order.type === 'over') return;
  const { timeoutMs } = order;
  graceMs = order.graceMs;
  if (timeoutMs === undefined || timeoutMs > longestMs) return;
  // A moment later, so that a main thread that is free acts first.
  deadlines.push(setTimeout(() => ifBusy('announce timeout'), timeoutMs + answerMs));
  deadlines.push(setTimeout(() => ifBusy('end timeout'), timeoutMs + graceMs + 2 * answerMs));
});

for (const [name, number] of Object.entries(signals)) {
  let count = 0;
  listen(number, () => {
    count++;
    if (count > 1) return ifBusy(`end ${name}`);
    ifBusy(`announce ${name}`);
    setTimeout(() => ifBusy(`end ${name}`), graceMs + 2 * answerMs);
  });
}

port.postMessage('ready' satisfies WatchdogMessage);

/** Node gives signals to the main thread only; the handle beneath works in any thread. */
function listen(number: number, onSignal: () => void): void {
  try {
    const { internalBinding } = createRequire(import.meta.url)('internal/test/binding') as {
      internalBinding: (name: string) => {
        Signal: new () => { onsignal: () => void; start(n: number): number };
      };
    };
    const handle = new (internalBinding('signal_wrap').Signal)();
    handle.onsignal = onSignal;
    handle.start(number);
  } catch {
    // A Node that is built otherwise: timeouts are watched all the same.
  }
}

/** Asks the main thread for a sign of life, and interrupts it when there is none. */
function ifBusy(what: string): void {
  const question = ++asked;
  const interrupt = setTimeout(() => {
    port.off('message', onMessage);
    interruptWith(what);
  }, answerMs);
  const onMessage = (order: WatchdogOrder) => {
    if (order.type !== 'here' || order.question !== question) return;
    port.off('message', onMessage);
    clearTimeout(interrupt);
  };
  port.on('message', onMessage);
  port.postMessage(question satisfies WatchdogMessage);
}

function interruptWith(what: string): void {
  const session = new Session();
  session.connectToMainThread();
  const isEnd = what.startsWith('end');
  const giveUp = setTimeout(() => {
    const next = isEnd ? 'It is killed.' : 'A second signal kills it.';
    writeSync(
      2,
      `warning The thread is busy outside of JavaScript, perhaps in a program that it waits for. ${next}\n`,
    );
    // No other way leads out of there.
    if (isEnd) process.kill(process.pid, 'SIGKILL');
  }, interruptMs);
  session.post('Runtime.evaluate', { expression: `${hook}(${JSON.stringify(what)})` }, () => {
    clearTimeout(giveUp);
    session.disconnect();
  });
}
