/** The frames of a stack that a user can do something about. */
import { isOwnFrame } from './own-frames.js';

/** What V8 calls a function without a name after the object that it stands in: `retry.maxRetries`, `node.inputs`. */
const guessed = /^at (?:async )?[\p{Ll}_$][\p{L}\d_$]*(?:\.[\p{L}\d_$]+)+ \((.*)\)$/u;

/**
 * The frames of the user's own code, without those of Node and FlowerPower: `at total (/shop/pipelines/prices.ts:3:9)`.
 * A name that V8 only guessed is left out.
 */
export function userFrames(stack: string): string[] {
  return framesOf(stack)
    .filter((frame) => !isOwnFrame(frame))
    .map((frame) => frame.replace(guessed, 'at $1'));
}

export function framesOf(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s*at /.test(line))
    .map((line) => line.trim());
}
