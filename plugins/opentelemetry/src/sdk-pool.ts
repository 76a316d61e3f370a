import { createSdk, type Sdk, type SdkRequest } from './sdk.js';

/**
 * One SDK for equal requests, for the life of the process: metrics count up from run to run. What cannot be made is tried anew.
 *
 * Process-wide, as the providers that programs register with OpenTelemetry are.
 */
const made = new Map<string, Promise<Sdk>>();

export function sdkFor(request: SdkRequest): Promise<Sdk> {
  const key = JSON.stringify(request);
  const known = made.get(key);
  if (known !== undefined) return known;
  const sdk = createSdk(request);
  made.set(key, sdk);
  sdk.catch(() => made.delete(key));
  return sdk;
}
