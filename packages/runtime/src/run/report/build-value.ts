import { messageOf } from '@flowerpower/core';
import { runtimeError } from '../../errors/runtime-error.js';
import type { ActiveRun } from '../attempts/active-run.js';
import type { Settled } from '../attempts/run-attempts.js';

/** Of a run that succeeded, what the builder makes of its outputs; a builder that throws fails the run. */
export function withValue(settled: Settled, { builder, prepared: { outputs } }: ActiveRun): Settled {
  if (settled.result !== 'success' || builder === undefined) return settled;
  const { values, attempts } = settled;
  try {
    const asked = outputs.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]);
    return { ...settled, value: builder.build(Object.fromEntries(asked) as Record<string, unknown>) };
  } catch (cause) {
    const error = runtimeError(
      { code: 'FP_RESULT_BUILDER', message: `The result builder failed: ${messageOf(cause)}` },
      { cause },
    );
    return { result: 'failure', error, values, attempts };
  }
}
