/** One bucket as the rooms of this plugin see it: commands go in, answers or readable failures come out. */
import type { S3Client } from '@aws-sdk/client-s3';
import { DriverFailure } from '@flowerpower/fs';
import { s3Failure, type Told } from '../errors/s3-failure.js';
import { orAborted } from './or-aborted.js';
import type { S3Connection, Sdk } from './s3-client.js';

/** What every request of this bucket carries. */
export interface Target {
  readonly Bucket: string;
  readonly RequestPayer?: 'requester';
}

export interface S3Bucket {
  readonly target: Target;
  /** Whether bodies carry their CRC. */
  readonly checksums: boolean;
  /**
   * One request. What goes wrong with it is a `DriverFailure`, except that a call which was aborted rejects with the
   * reason of its signal, at once.
   */
  send<Output>(
    signal: AbortSignal | undefined,
    request: (
      client: S3Client,
      sdk: Sdk,
      target: Target,
      options: { abortSignal?: AbortSignal },
    ) => Promise<Output>,
  ): Promise<Output>;
}

export function s3Bucket(connection: S3Connection, checksums: boolean, target: Target): S3Bucket {
  return {
    target,
    checksums,
    async send(signal, request) {
      const call = connection.begin();
      const abortSignal = signal === undefined ? call.signal : AbortSignal.any([signal, call.signal]);
      try {
        const { client, sdk } = await orAborted(abortSignal, connection.open());
        return await orAborted(abortSignal, request(client, sdk, target, { abortSignal }));
      } catch (error) {
        signal?.throwIfAborted();
        throw readable(error, connection.told);
      } finally {
        call.end();
      }
    },
  };
}

/** The error of the SDK in words of the contract. */
export function readable(error: unknown, told?: Told): unknown {
  if (error instanceof DriverFailure) return error;
  const failure = s3Failure(error, told);
  if (failure === undefined) return withoutRequest(error);
  const { reason, detail, status, hint } = failure;
  return new DriverFailure(reason, detail, withoutRequest(error), { status, hint });
}

/**
 * An error of the service holds its whole answer, which repeats the access key and what was signed; of the cause only
 * what helps to find the request again is kept. Where in the SDK no credentials were found, helps nobody.
 */
function withoutRequest(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    const cause = new Error(error.message);
    return Object.assign(cause, { name: error.name, stack: `${error.name}: ${error.message}` });
  }
  if (!('$metadata' in error)) return error;
  const { httpStatusCode, requestId, attempts } = error.$metadata as Record<string, unknown>;
  const cause = new Error(error.message);
  cause.name = error.name;
  return Object.assign(cause, { httpStatusCode, requestId, attempts });
}
