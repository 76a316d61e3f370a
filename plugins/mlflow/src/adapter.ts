import { FlowerPowerError, type Graph } from '@flowerpower/core';
import { type AdapterContext, defineAdapter, type RunAdapter, type WatchedRun } from '@flowerpower/plugin';
import type { RunEvent } from '@flowerpower/runtime';
import { type Metric, keyOf, metricValue } from './batches.js';
import { createClient } from './client.js';
import { type MlflowOptions, options } from './options.js';
import { type TrackedRun, trackRun } from './tracked-run.js';

/**
 * Keeps each run in MLflow: parameters without secrets, outputs that are numbers and the durations of nodes as metrics, and the
 * graph as an artifact.
 */
export const mlflow = defineAdapter({
  options,
  create: (given: MlflowOptions, context) => watchRun(given, context, process.env),
});

/** @param environment - the variables of MLflow. */
function watchRun(
  given: MlflowOptions,
  { clock, lost, mask }: Pick<AdapterContext, 'clock' | 'lost' | 'mask'>,
  environment: Readonly<Record<string, string | undefined>>,
): RunAdapter {
  const stop = new AbortController();
  const durations: Metric[] = [];
  let begun: { readonly run: WatchedRun; readonly tracked: Promise<TrackedRun | undefined> } | undefined;

  const metric = (name: string, value: number, timestamp: number): Metric => ({
    key: keyOf(name),
    value: metricValue(value),
    timestamp: Math.round(timestamp),
    step: 0,
  });

  return {
    start(run) {
      const trackingUri = given.trackingUri ?? environment['MLFLOW_TRACKING_URI'];
      if (trackingUri === undefined || !/^https?:/.test(trackingUri)) throw noServer(trackingUri);
      const client = createClient(trackingUri, {
        authorization: authorizationOf(given, environment),
        signal: stop.signal,
        clock,
      });
      // What comes later needs to know only that there is no run.
      const tracked = trackRun(client, given, run).catch((error: unknown) => {
        lost(1, error);
        return undefined;
      });
      begun = { run, tracked };
    },
    onEvent(watched) {
      const event = watched as RunEvent;
      if (event.type !== 'node.succeeded') return;
      durations.push(metric(`duration_ms/${event.node}`, event.durationMs, Date.parse(event.ts)));
    },
    async finish({ status, durationMs, outputs }, signal) {
      if (begun === undefined) return;
      signal.addEventListener('abort', () => stop.abort());
      const { run } = begun;
      const tracked = await begun.tracked;
      if (tracked === undefined) return;
      const nowMs = clock.wallMs();
      const numbers = Object.entries(outputs).flatMap(([name, value]) =>
        typeof value === 'number' && mask(String(value)) === String(value)
          ? [metric(name, value, nowMs)]
          : [],
      );
      const params = Object.entries(run.parameters()).map(([name, value]) => ({ key: keyOf(name), value }));
      const metrics = [...numbers, ...durations, metric('duration_ms', durationMs, nowMs)];
      const failed = await Promise.allSettled([
        tracked.end({ metrics, params, tags: [] }, status, nowMs),
        ...(run.graph === undefined ? [] : [tracked.keep('graph.json', graphText(run.graph))]),
      ]);
      for (const each of failed) if (each.status === 'rejected') lost(1, each.reason);
    },
  };
}

function authorizationOf(
  { token }: MlflowOptions,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const bearer = token ?? environment['MLFLOW_TRACKING_TOKEN'];
  if (bearer !== undefined) return `Bearer ${bearer}`;
  const user = environment['MLFLOW_TRACKING_USERNAME'];
  const password = environment['MLFLOW_TRACKING_PASSWORD'] ?? '';
  return user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Nodes with what they are made of; no values. */
function graphText({ nodes }: Graph): string {
  const list = [...nodes.values()].map(({ name, kind, type, module, dependencies }) => ({
    name,
    kind,
    type,
    module,
    dependencies: dependencies.map(({ node }) => node),
  }));
  return JSON.stringify({ nodes: list }, undefined, 2);
}

function noServer(given: string | undefined): FlowerPowerError {
  return new FlowerPowerError({
    code: 'MLFLOW_NO_SERVER',
    message:
      given === undefined
        ? 'No server of MLflow is named.'
        : 'The tracking URI of MLflow is no http or https URL; only a server can be told of runs.',
    hint: 'Give trackingUri, or set MLFLOW_TRACKING_URI to the address of `mlflow server`.',
  });
}
