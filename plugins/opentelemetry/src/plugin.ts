import { definePlugin } from '@flowerpower/plugin';
import { opentelemetry } from './adapter.js';

export const openTelemetryPlugin = definePlugin({
  name: '@flowerpower/plugin-opentelemetry',
  apiVersion: 1,
  adapters: { opentelemetry },
  errors: { OTEL_SDK_MISSING: 'A package of the SDK of OpenTelemetry is not installed.' },
});

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-opentelemetry': typeof openTelemetryPlugin;
  }
}
