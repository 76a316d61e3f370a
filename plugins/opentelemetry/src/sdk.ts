/** An SDK of our own that sends to an OTLP receiver over HTTP. Its packages are imported when it is first needed. */
import type { Meter, Tracer } from '@opentelemetry/api';
import { FlowerPowerError } from '@flowerpower/core';
import { resourceAttributes, scope } from './names.js';
import type { OpenTelemetryOptions } from './options.js';

/** Those of the line that runs on Node 20. */
const packages = [
  '@opentelemetry/api@1.9',
  '@opentelemetry/sdk-trace-base@2',
  '@opentelemetry/sdk-metrics@2',
  '@opentelemetry/resources@2',
  '@opentelemetry/exporter-trace-otlp-http@0.223',
  '@opentelemetry/exporter-metrics-otlp-http@0.223',
];

/** Between two exports of metrics while a run goes on. */
const intervalMs = 30_000;

export interface Sdk {
  readonly tracer: Tracer;
  readonly meter: Meter | undefined;
  /** Sends what there is. Rejects when the receiver cannot be reached or refuses. */
  flush(): Promise<void>;
}

export interface SdkRequest extends Pick<OpenTelemetryOptions, 'headers' | 'metrics'> {
  readonly endpoint: string;
  readonly serviceName: string;
  readonly env: string | undefined;
  /** Milliseconds that one request may take, with what is tried again. */
  readonly timeoutMs: number;
}

/** @throws (rejects) FlowerPowerError `OTEL_SDK_MISSING` when a package is missing. */
export async function createSdk(request: SdkRequest): Promise<Sdk> {
  const { endpoint, headers, serviceName, env, timeoutMs } = request;
  const [traces, exporters, resources] = await needed(
    Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]),
  );
  const resource = resources.defaultResource().merge(
    resources.resourceFromAttributes({
      [resourceAttributes.serviceName]: serviceName,
      ...(env !== undefined && { [resourceAttributes.environment]: env }),
    }),
  );
  const base = endpoint.replace(/\/+$/, '');
  const http = { ...(headers !== undefined && { headers }), timeoutMillis: timeoutMs };
  const failures = createFailures();
  const exporter = failures.watch(new exporters.OTLPTraceExporter({ ...http, url: `${base}/v1/traces` }));
  const provider = new traces.BasicTracerProvider({
    resource,
    spanProcessors: [new traces.BatchSpanProcessor(exporter)],
  });
  const metrics = request.metrics ? await createMetrics() : undefined;

  async function createMetrics() {
    const [sdk, exporter] = await needed(
      Promise.all([
        import('@opentelemetry/sdk-metrics'),
        import('@opentelemetry/exporter-metrics-otlp-http'),
      ]),
    );
    const reader = new sdk.PeriodicExportingMetricReader({
      exporter: failures.watch(new exporter.OTLPMetricExporter({ ...http, url: `${base}/v1/metrics` })),
      exportIntervalMillis: intervalMs,
      exportTimeoutMillis: Math.min(timeoutMs, intervalMs),
    });
    return new sdk.MeterProvider({ resource, readers: [reader] });
  }

  return {
    tracer: provider.getTracer(scope),
    meter: metrics?.getMeter(scope),
    async flush() {
      await Promise.all([provider.forceFlush(), metrics?.forceFlush()]).catch((error: unknown) => {
        // A provider rejects with a list of what its processors said.
        throw [error].flat(Infinity)[0];
      });
      failures.raise();
    },
  };
}

type Result = { readonly code: number; readonly error?: Error | undefined };

/** The SDK tells a handler of its own of exports that fail, and nobody else. */
function createFailures() {
  let failed: Error | undefined;
  return {
    watch<E extends { export(items: never, callback: (result: Result) => void): void }>(exporter: E): E {
      const send = exporter.export.bind(exporter);
      exporter.export = (items: never, callback: (result: Result) => void) =>
        send(items, (result) => {
          if (result.code !== 0) failed ??= result.error ?? new Error('the export failed');
          callback(result);
        });
      return exporter;
    },
    raise() {
      const error = failed;
      failed = undefined;
      if (error !== undefined) throw error;
    },
  };
}

/** Imports that may fail because a package is not installed. @throws (rejects) FlowerPowerError `OTEL_SDK_MISSING` */
async function needed<M>(imports: Promise<M>): Promise<M> {
  try {
    return await imports;
  } catch (cause) {
    throw new FlowerPowerError({
      code: 'OTEL_SDK_MISSING',
      message: 'The SDK of OpenTelemetry is not installed.',
      hint: `npm i ${packages.join(' ')}`,
      cause,
    });
  }
}
