import { metrics, ProxyTracerProvider, trace } from '@opentelemetry/api';
import { type AdapterContext, defineAdapter, type RunAdapter, type WatchedRun } from '@flowerpower/plugin';
import type { RunEvent } from '@flowerpower/runtime';
import { exceptionSink } from './exceptions.js';
import { scope } from './names.js';
import { type OpenTelemetryOptions, options } from './options.js';
import { parentContext } from './parent-context.js';
import { createInstruments, type Instruments } from './record-metrics.js';
import { createSpanRecorder, type SpanRecorder } from './record-spans.js';
import type { Sdk } from './sdk.js';
import { sdkFor } from './sdk-pool.js';

/**
 * Traces and metrics of runs by the names of `names.ts`. With an endpoint it sends them itself; else it uses what the program has
 * registered with `@opentelemetry/api`, which is nothing unless the program does so.
 */
export const opentelemetry = defineAdapter({
  options,
  create: (given: OpenTelemetryOptions, context) => watchRun(given, context, process.env),
});

/** Less than a run waits at its end, so that the reason is known then. */
const defaultTimeoutMs = 1500;

/** @param environment - `TRACEPARENT` and the variables of OpenTelemetry that are read here. */
function watchRun(
  given: OpenTelemetryOptions,
  { lost, lostSoFar }: Pick<AdapterContext, 'lost' | 'lostSoFar'>,
  environment: Readonly<Record<string, string | undefined>>,
): RunAdapter {
  let run: WatchedRun;
  // What was active when the run began; later another node may be.
  let parent: ReturnType<typeof parentContext>;
  let recorder: SpanRecorder | undefined;
  let instruments: Instruments | undefined;
  let sdk: Sdk | undefined;
  /** Events that came before the SDK was ready. */
  const waiting: RunEvent[] = [];
  let ready: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    const endpoint = given.endpoint ?? ownEndpoint(environment);
    if (endpoint !== undefined) {
      const serviceName = given.serviceName ?? environment['OTEL_SERVICE_NAME'] ?? run.project ?? scope;
      const { headers } = given;
      const timeoutMs = Number(environment['OTEL_EXPORTER_OTLP_TIMEOUT']) || defaultTimeoutMs;
      sdk = await sdkFor({ endpoint, serviceName, env: run.env, headers, timeoutMs, metrics: given.metrics });
    }
    const exceptions = await exceptionSink(environment);
    const withCicd = given.semconv === 'cicd';
    recorder = createSpanRecorder({
      tracer: sdk?.tracer ?? trace.getTracer(scope),
      parent,
      run,
      withCicd,
      exceptions,
    });
    const meter = sdk === undefined ? metrics.getMeter(scope) : sdk.meter;
    if (given.metrics && meter !== undefined) instruments = instrumentsOf(meter, lostSoFar);
    for (const event of waiting.splice(0)) record(event);
  }

  function record(event: RunEvent): void {
    recorder?.onEvent(event);
    instruments?.record(event, run);
  }

  return {
    start(begun) {
      run = begun;
      parent = parentContext(environment);
      ready = prepare().catch((error: unknown) => {
        waiting.length = 0;
        lost(1, error);
      });
    },
    onEvent(event) {
      if (event.type === 'log') return;
      if (recorder === undefined) waiting.push(event as RunEvent);
      else record(event as RunEvent);
    },
    async finish() {
      await ready;
      await sdk?.flush();
    },
  };
}

/** By meter: an instrument is made once. */
const made = new WeakMap<object, Instruments>();

function instrumentsOf(
  meter: Parameters<typeof createInstruments>[0],
  lostSoFar: AdapterContext['lostSoFar'],
): Instruments {
  const known = made.get(meter) ?? createInstruments(meter, lostSoFar);
  made.set(meter, known);
  return known;
}

/** The variable counts where the program has not registered a provider that reads it itself. */
function ownEndpoint(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (environment['OTEL_SDK_DISABLED'] === 'true') return undefined;
  const endpoint = environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const provider = trace.getTracerProvider();
  const isRegistered =
    !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(scope) !== undefined;
  return endpoint !== undefined && endpoint !== '' && !isRegistered ? endpoint : undefined;
}
