import * as v from 'valibot';

const url = v.pipe(v.string(), v.regex(/^https?:\/\/[^\s/]+/, 'must be an http or https URL'));

/** What stands under `run.withAdapter.opentelemetry`, or under `adapter.opentelemetry`. */
export const options = v.strictObject({
  /**
   * Base URL of an OTLP receiver over HTTP: `http://localhost:4318`. Then this plugin sets up an SDK of its own. Without it, and
   * without `OTEL_EXPORTER_OTLP_ENDPOINT`, the SDK that the program has registered is used; without one, nothing happens.
   */
  endpoint: v.optional(url),
  /** Headers of each request, for example with a key. */
  headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.metadata({ 'x-secret': true }))),
  /** Default: `OTEL_SERVICE_NAME`, else the name of the project. */
  serviceName: v.optional(v.string()),
  /** Whether metrics are sent besides traces. Default true. */
  metrics: v.optional(v.boolean(), true),
  /** `cicd`: attributes of the conventions for CI/CD besides our own. */
  semconv: v.optional(v.picklist(['cicd'])),
});

export type OpenTelemetryOptions = v.InferOutput<typeof options>;
