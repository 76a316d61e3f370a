import { requireArgument } from '../errors/option-problems.js';
import { aRecordOf, withMethods } from '../errors/option-rules.js';
import { notePromise } from '../model/promises.js';
import type { Call } from '../run/frame.js';
import type { BegunRun } from '../run/run-part.js';
import type { NodeExecutors } from './node-executor.js';
import type { Part } from './part.js';

/** Sends nodes to where `runOn` says. */
export function executorsPart(executors: NodeExecutors): Part {
  const anExecutor = withMethods('an executor', 'execute');
  requireArgument('executors', aRecordOf(anExecutor), executors);
  return {
    executors: Object.keys(executors),
    attach: () => ({ join: (run) => ({ around: (call) => executorCalls(call, executors, run) }) }),
  };
}

function executorCalls(call: Call, executors: NodeExecutors, run: BegunRun): Call {
  const { runId, attempt } = run;
  return (frame, slot) => {
    const { plan, calls, values } = frame;
    const node = plan.nodes[slot];
    const name = node?.executor;
    // Another part may know the name.
    if (node === undefined || name === undefined || !Object.hasOwn(executors, name)) return call(frame, slot);
    let inner: unknown;
    const value = executors[name]!.execute({
      runId,
      node,
      item: frame.item,
      inputs: calls.fresh(slot, values),
      attempt,
      signal: run.signal(),
      call: () => (inner = call(frame, slot)),
    });
    return notePromise(value, inner, 'executor', name, node.name);
  };
}
