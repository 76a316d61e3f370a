/** What every store that speaks the protocol sends. Where it is missing, something else answered, such as a proxy. */
import { DriverFailure } from '@flowerpower/fs';

interface Answer {
  readonly $metadata: { readonly httpStatusCode?: number | undefined };
}

/** @throws DriverFailure `Unknown` when the answer does not hold the value. */
export function alwaysSent<T>({ $metadata }: Answer, value: T | undefined, name: string): T {
  if (value === undefined || value === '') throw notS3($metadata.httpStatusCode, `it has no ${name}`);
  return value;
}

export function notS3(status: number | undefined, why: string): DriverFailure {
  const answer = `the answer (HTTP ${status ?? 'without a status'}) does not look like one of S3`;
  return new DriverFailure('Unknown', `${answer}: ${why}`, undefined, { status });
}
