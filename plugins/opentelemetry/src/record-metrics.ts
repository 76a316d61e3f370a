import type { Attributes, Meter } from '@opentelemetry/api';
import type { WatchedRun } from '@flowerpower/plugin';
import type { RunEvent } from '@flowerpower/runtime';
import { errorTypeOf, isCancellation } from './error-type.js';
import { metricAttributes as labels, metrics } from './names.js';

export interface Instruments {
  /** Records what the event adds. */
  record(event: RunEvent, run: WatchedRun): void;
}

/** @param lostSoFar - what exporters could not deliver in this process, by name. */
export function createInstruments(
  meter: Meter,
  lostSoFar: () => Readonly<Record<string, number>>,
): Instruments {
  const runs = meter.createHistogram(metrics.runDuration, { unit: 's', description: 'Duration of runs' });
  const active = meter.createUpDownCounter(metrics.runActive, { description: 'Runs that have not ended' });
  const nodes = meter.createHistogram(metrics.nodeDuration, { unit: 's', description: 'Duration of nodes' });
  const retries = meter.createCounter(metrics.nodeRetries, { description: 'Nodes that ran once more' });
  const lookups = meter.createCounter(metrics.cacheLookups, { description: 'Nodes looked for in the cache' });
  const sizes = meter.createHistogram(metrics.outputSize, {
    unit: 'By',
    description: 'Size of binary values',
  });
  const success = meter.createGauge(metrics.lastSuccess, {
    unit: 's',
    description: 'When a run last succeeded',
  });
  const dropped = meter.createObservableCounter(metrics.dropped, { description: 'What exporters lost' });
  dropped.addCallback((result) => {
    for (const [exporter, count] of Object.entries(lostSoFar()))
      result.observe(count, { [labels.exporter]: exporter });
  });

  const node = (event: Extract<RunEvent, { node: string; durationMs: number }>, more: Attributes) =>
    nodes.record(event.durationMs / 1000, { ...of(event), [labels.node]: event.node, ...more });

  return {
    record(event, run) {
      switch (event.type) {
        case 'run.started':
          return active.add(1, of(event));
        case 'node.started':
          return event.attempt > 1 ? retries.add(1, { ...of(event), [labels.node]: event.node }) : undefined;
        case 'node.succeeded':
          node(event, { [labels.nodeResult]: 'success' });
          if (run.cache)
            lookups.add(1, { ...of(event), [labels.cacheResult]: event.cached ? 'hit' : 'miss' });
          if (event.summary.bytes !== undefined)
            sizes.record(event.summary.bytes, { ...of(event), [labels.node]: event.node });
          return undefined;
        case 'node.failed': {
          const isStopped = isCancellation(event.error);
          return node(event, {
            [labels.nodeResult]: isStopped ? 'cancellation' : 'failure',
            ...(!isStopped && { [labels.errorType]: errorTypeOf(event.error) }),
          });
        }
        case 'run.finished': {
          const { result, error, durationMs } = event;
          active.add(-1, of(event));
          if (result === 'success') success.record(Date.parse(event.ts) / 1000, of(event));
          const isFailure = error !== undefined && result !== 'cancellation';
          const why = isFailure && { [labels.errorType]: errorTypeOf(error) };
          return runs.record(durationMs / 1000, { ...of(event), [labels.runResult]: result, ...why });
        }
        default:
          return undefined;
      }
    },
  };
}

function of({ pipeline }: RunEvent): Attributes {
  return { [labels.pipeline]: pipeline };
}
