/** Errors of runs that come from outside of every node's call. */
import {
  boundedList,
  type FlowerPowerError,
  isFlowerPowerError,
  messageOf,
  nameList,
  type Place,
  readProperty,
} from '@flowerpower/core';
import { runtimeError } from '../../errors/runtime-error.js';
import type { RunningNode } from '../recorder/node-recorder.js';

/** Where a stray error comes from. */
export interface StrayOrigin {
  /** The node whose code was executing; undefined where that cannot be known. */
  readonly node: string | undefined;
  readonly place: Place | undefined;
  readonly running: readonly string[];
}

export function strayError(error: unknown, { node, place, running }: StrayOrigin): FlowerPowerError {
  if (isFlowerPowerError(error) && readProperty(error, 'code') === 'FP_PROCESS_EXIT') {
    const who = node === undefined ? '' : `The node '${node}': `;
    const { message, hint } = error;
    return runtimeError(
      { code: 'FP_PROCESS_EXIT', message: `${who}${message}`, hint, places: place && [place] },
      { cause: error, context: { node, running } },
    );
  }
  const what = `an error that nobody caught: ${messageOf(error)}`;
  const message =
    node !== undefined
      ? `The node '${node}' left ${what}`
      : `There was ${what}${running.length === 0 ? '' : ` (running at that moment: ${nameList(running)})`}`;
  return runtimeError(
    {
      code: 'FP_STRAY_ERROR',
      message,
      places: place && [place],
      hint: 'Await every promise that a node makes, and catch what its timers and event handlers throw.',
    },
    { cause: error, context: { node, running } },
  );
}

/** @param nowMs - on the clock that the nodes started on. */
export function stalledError(running: readonly RunningNode[], nowMs: number): FlowerPowerError {
  const list = running.map(({ node, startedMs }) => `'${node}' (for ${seconds(nowMs - startedMs)} s)`);
  const message =
    list.length === 0
      ? 'The run cannot go on: it waits for something that nothing is left to bring about.'
      : `The run cannot go on: nothing is left that could end the nodes it waits for: ${boundedList(list)}.`;
  return runtimeError(
    {
      code: 'FP_RUN_STALLED',
      message,
      hint: 'Each of them awaits a promise that nobody will ever settle. Look for a callback that is never called.',
    },
    { context: { running: running.map(({ node }) => node) } },
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
