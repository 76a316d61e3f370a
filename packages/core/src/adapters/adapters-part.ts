import type { Part } from '../engine/part.js';
import type { BegunRun, RunPart } from '../run/run-part.js';
import { requireArgument } from '../errors/option-problems.js';
import { aListOfAdapters } from './adapter-rule.js';
import type { Adapter } from './adapter.js';
import { instrumentCall } from './instrument-call.js';
import { createNotifier } from './notify.js';

export interface AdapterOptions {
  /** Observers and middleware of this run, inside those of the driver. */
  readonly adapters?: readonly Adapter[];
}

/** Runs whose own adapters take part already: an engine may be given several parts. */
const served = /* @__PURE__ */ new WeakSet<BegunRun>();

/** Lets observers and middleware take part in every run, and in single ones. A driver of `createDriver` has it. */
export function adaptersPart(adapters: readonly Adapter[] = []): Part<object, AdapterOptions> {
  requireArgument('adapters', aListOfAdapters, adapters);
  return {
    runOptions: { adapters: aListOfAdapters },
    attach: () => ({
      join(run, options) {
        let all = adapters;
        if (options.adapters && !served.has(run)) {
          served.add(run);
          all = [...all, ...options.adapters];
        }
        return all.length === 0 ? undefined : observe(run, all);
      },
    }),
  };
}

function observe(run: BegunRun, adapters: readonly Adapter[]): RunPart {
  const { runId, graph, plan, attempt, log } = run;
  const notifier = createNotifier(log, run.isSynchronous);
  if (adapters.some((adapter) => adapter.onRunStart !== undefined)) {
    const outputs = plan.outputs.map(({ name }) => name);
    const planned = plan.planned.map(({ name }) => name);
    notifier.tell(adapters, 'onRunStart', { runId, graph, outputs, planned });
  }
  return {
    around: (call) =>
      instrumentCall(call, { adapters, runId, attempt, signal: () => run.signal(), notifier, log }),
    end: ({ status, durationMs, error }) =>
      notifier.tell(adapters, 'onRunEnd', { runId, status, durationMs, error }),
    settle: () => notifier.settle(),
  };
}
