import * as v from 'valibot';
import { userMap } from './parts.js';

/** Settings of adapters, kept as data: what an adapter makes of them is the adapter's business. */
export interface AdapterConfig {
  readonly hamiltonTracker?: Readonly<Record<string, unknown>> | undefined;
  readonly mlflow?: Readonly<Record<string, unknown>> | undefined;
  readonly ray?: Readonly<Record<string, unknown>> | undefined;
}

export const adapterSchema = v.strictObject({
  hamiltonTracker: v.optional(userMap),
  mlflow: v.optional(userMap),
  ray: v.optional(userMap),
});
