import type { DescribedError } from '@flowerpower/runtime';

/** `error.type`: the code of what failed at last, else its class. Never a text that differs from run to run. */
export function errorTypeOf(error: DescribedError): string {
  const inner = innermost(error);
  return inner.code ?? inner.name;
}

/** The errors around a failure of a node say that it failed, and its cause says why. */
function innermost(error: DescribedError): DescribedError {
  const wraps = error.code === 'FP_NODE_FAILED' || error.code === 'FP_NODES_FAILED';
  return wraps && error.cause !== undefined ? innermost(error.cause) : error;
}

/** The node, or the run, was stopped from outside. */
export function isCancellation(error: DescribedError): boolean {
  const { name, code } = innermost(error);
  return name === 'AbortError' || code === 'ABORT_ERR' || code === 'FP_RUN_CANCELLED';
}
