export { opentelemetry } from './adapter.js';
export { attributes, cicd, metrics, scope, spans } from './names.js';
export type { OpenTelemetryOptions } from './options.js';
export { openTelemetryPlugin as default } from './plugin.js';
