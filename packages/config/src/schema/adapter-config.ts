import * as v from 'valibot';
import { userMap } from './parts.js';

type Settings = Readonly<Record<string, unknown>>;

/** Options of adapters, below those of `run.withAdapter`, which switches them on. What they mean is the adapter's business. */
export type AdapterConfig = {
  readonly hamiltonTracker?: Settings | undefined;
  readonly mlflow?: Settings | undefined;
  readonly openlineage?: Settings | undefined;
  readonly opentelemetry?: Settings | undefined;
  readonly ray?: Settings | undefined;
};

export const adapterSchema = v.strictObject({
  hamiltonTracker: v.optional(userMap),
  mlflow: v.optional(userMap),
  openlineage: v.optional(userMap),
  opentelemetry: v.optional(userMap),
  ray: v.optional(userMap),
});
