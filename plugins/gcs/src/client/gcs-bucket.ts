/** One bucket as the rooms of this plugin see it: requests go in, answers or readable failures come out. */
import { DriverFailure } from '@flowerpower/fs';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { gcsFailure, refusal } from '../errors/gcs-failure.js';
import { bodyOf, exchange, type Request } from './exchange.js';
import type { GcsConnection } from './gcs-client.js';

interface BucketRequest {
  readonly method: Request['method'];
  /** `o/key` of the bucket, or a whole address. */
  readonly to: string | URL;
  /** `upload/` in front of the path of the API. */
  readonly upload?: boolean;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
  /** Statuses besides 2xx that are an answer and no failure. */
  readonly accept?: readonly number[];
}

interface Answer {
  readonly message: IncomingMessage;
  /** How often it was asked, from 1. */
  readonly attempts: number;
}

export interface GcsBucket {
  readonly name: string;
  readonly connection: GcsConnection;
  /** The answer with its body still to be read. */
  ask(request: BucketRequest): Promise<Answer>;
  /** The answer as JSON. */
  json<Output>(request: BucketRequest): Promise<Output>;
}

/** After the first; the waits double, with some chance in them, so that many clients do not come back at once. */
const maxRetries = 4;
const firstWaitMs = 100;
const mayPass: ReadonlySet<string> = new Set(['Throttled', 'Unavailable', 'Timeout']);

export function gcsBucket(
  connection: GcsConnection,
  name: string,
  userProject: string | undefined,
): GcsBucket {
  async function addressOf({ to, upload, query = {} }: BucketRequest): Promise<URL> {
    if (to instanceof URL) return to;
    const base = `${await connection.endpoint()}${upload ? '/upload' : ''}/storage/v1/b/${encodeURIComponent(name)}`;
    const url = new URL(`${base}/${to}`);
    for (const [key, value] of Object.entries({ ...query, userProject })) {
      if (value !== undefined) url.searchParams.set(key, value);
    }
    return url;
  }

  async function once(request: BucketRequest): Promise<IncomingMessage> {
    const { method, headers, body, signal, accept = [] } = request;
    const url = await addressOf(request);
    const authorization = await connection.authorization();
    const answer = await exchange(connection.agent, {
      method,
      url,
      body,
      signal,
      headers: { ...authorization, ...headers },
    });
    const status = answer.statusCode!;
    if ((status >= 200 && status < 300) || accept.includes(status)) return answer;
    throw refusal(status, await bodyOf(answer));
  }

  /** Every request of this plugin may be sent twice: it names what it writes and the version that it replaces. */
  async function ask(request: BucketRequest): Promise<Answer> {
    const { signal } = request;
    for (let attempts = 1; ; attempts++) {
      try {
        return { message: await once(request), attempts };
      } catch (error) {
        signal?.throwIfAborted();
        const failure = readable(error);
        const again = failure instanceof DriverFailure && mayPass.has(failure.failure.reason);
        if (!again || attempts > maxRetries) throw withAttempts(failure, attempts);
        await delay(firstWaitMs * 2 ** (attempts - 1) * (1 + Math.random()), undefined, { signal });
      }
    }
  }

  return {
    name,
    connection,
    ask,
    async json<Output>(request: BucketRequest) {
      const { message } = await ask(request);
      return JSON.parse((await bodyOf(message)).toString('utf8')) as Output;
    },
  };
}

/** The error of the way to the service in words of the contract. */
export function readable(error: unknown): unknown {
  if (error instanceof DriverFailure) return error;
  const failure = gcsFailure(error);
  return failure === undefined ? error : new DriverFailure(failure.reason, failure.detail, error);
}

function withAttempts(error: unknown, attempts: number): unknown {
  if (error instanceof DriverFailure && error.cause instanceof Error)
    Object.assign(error.cause, { attempts });
  return error;
}

/** The path of an object in the API; its key is one segment. */
export function objectAt(key: string): string {
  return `o/${encodeURIComponent(key)}`;
}
