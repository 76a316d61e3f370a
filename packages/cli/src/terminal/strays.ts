/**
 * What users' code does to the process past its functions: errors that nobody catches, calls of `process.exit()`, and
 * promises that nobody will ever settle. Without a word from here Node would end the process in the middle.
 */
import { syncBuiltinESMExports } from 'node:module';
import { FlowerPowerError, isFlowerPowerError, messageOf } from '@flowerpower/core';
import { processExitError } from '@flowerpower/runtime';
import { withReallyExit } from './really-exit.js';
import type { CliErrorCode } from '../errors/catalogue.js';

export interface Strays {
  /** Rejects with what ends the command from outside of its own code. */
  readonly broken: Promise<never>;
  /** The first call of `process.exit()` that went to no run. */
  exitCall(): FlowerPowerError | undefined;
}

export interface StrayOptions {
  /** Hands an error to the run it belongs to. False when there is none that it could fail. */
  readonly toRun: (error: unknown) => boolean;
  /** Hands an error to the pipeline that is being loaded. False when there is none. */
  readonly toLoad: (error: FlowerPowerError) => boolean;
  /** The file of the module whose import the running code belongs to. */
  readonly currentImport: () => string | undefined;
  /** When an error comes that can fail nothing any more, for a sentence; undefined while something can be failed. */
  readonly lateFor: () => string | undefined;
  readonly warn: (line: string) => void;
}

/** Takes the process over for good: also what comes after the command is nobody else's. */
export function catchStrays({ toRun, toLoad, currentImport, lateFor, warn }: StrayOptions): Strays {
  let fail!: (error: FlowerPowerError) => void;
  const broken = new Promise<never>((_resolve, reject) => (fail = reject));
  // It may come when nobody waits any more.
  broken.catch(() => {});

  /** Calls of `process.exit()` that failed their run; whoever made them may not catch what they throw. */
  const handedOver = new WeakSet<FlowerPowerError>();
  const onStray = (error: unknown) => {
    if (isFlowerPowerError(error) && handedOver.has(error)) return;
    if (toRun(error)) return;
    const stray = strayOf(error, currentImport());
    if (toLoad(stray)) return;
    const when = lateFor();
    if (when === undefined) fail(stray);
    else warn(`An error that nobody caught came ${when}: ${messageOf(error)}`);
  };
  process.on('uncaughtException', onStray);
  process.on('unhandledRejection', onStray);

  let exitCall: FlowerPowerError | undefined;
  const refuseExit = (error: FlowerPowerError): never => {
    // Whoever called it may catch what is thrown; it counts all the same.
    if (toRun(error)) handedOver.add(error);
    else exitCall ??= error;
    throw error;
  };
  process.exit = (code) => refuseExit(processExitError(code));
  withReallyExit.reallyExit = (code) => refuseExit(processExitError(code, 'reallyExit'));
  // `import { exit } from 'node:process'` has it too.
  syncBuiltinESMExports();

  // Whoever knows what is waited for says so first, and has another turn; see `orStalled` and `importOrStall`.
  let isSecond = false;
  process.on('beforeExit', () => {
    if (isSecond) fail(stalled());
    else setImmediate(() => {});
    isSecond = true;
  });
  return { broken, exitCall: () => exitCall };
}

function strayOf(error: unknown, file: string | undefined): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_STRAY_ERROR';
  const left = file === undefined ? 'There was an error' : `Importing the module ${file} left an error`;
  return new FlowerPowerError({
    code,
    message: `${left} that nobody caught: ${messageOf(error)}`,
    places: file === undefined ? [] : [{ file }],
    hint: 'Await every promise that a module makes, and catch what its timers and event handlers throw.',
    cause: error,
  });
}

function stalled(): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_STALLED';
  return new FlowerPowerError({
    code,
    message: 'The command cannot go on: it waits for something that nothing is left to bring about.',
    hint: 'A plugin, a filesystem or a callback gave a promise that nobody will ever settle.',
  });
}
