/** One bucket as the rooms of this plugin see it: requests go in, answers or readable failures come out. */
import { DriverFailure } from '@flowerpower/fs';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { foreignAnswer } from '../errors/foreign-answer.js';
import { gcsFailure, refusal } from '../errors/gcs-failure.js';
import { bodyOf, exchange, type Request } from './exchange.js';
import type { GcsConnection } from './gcs-client.js';
import { requireOpen } from './require-open.js';
import { unlessAborted } from './unless-aborted.js';

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
  /** How often it is sent again after a failure that may pass. */
  readonly maxRetries?: number;
}

interface Answer<Value> {
  readonly value: Value;
  /** Whether it was sent before, and perhaps obeyed, without an answer that says so. */
  readonly repeated: boolean;
}

/** What is made of an answer that is no failure. An answer that breaks while it is read counts as none. */
type Take<Value> = (message: IncomingMessage) => Value | Promise<Value>;

interface JsonRequest<Output> extends BucketRequest {
  /** Whether it is what the service answers to this request. */
  readonly isAnswer: (output: Partial<Output>) => boolean;
  /**
   * Looks for what this request has done when it was sent before. Asked when the service refuses a repeated request for the
   * state of the object, which may be the work of the first.
   */
  readonly doneBefore?: () => Promise<Output | undefined>;
}

export interface GcsBucket {
  readonly name: string;
  readonly connection: GcsConnection;
  ask<Value>(request: BucketRequest, take: Take<Value>): Promise<Answer<Value>>;
  /** The answer as JSON. */
  json<Output>(request: JsonRequest<Output>): Promise<Output>;
}

/** After the first; the waits double, with some chance in them, so that many clients do not come back at once. */
const mostRetries = 4;
const firstWaitMs = 100;
/** A server that was silent as long as one is waited for gets one more chance. */
const mostSilences = 2;

export function gcsBucket(
  connection: GcsConnection,
  name: string,
  userProject: string | undefined,
): GcsBucket {
  async function addressOf({
    to,
    upload,
    query = {},
  }: BucketRequest): Promise<Pick<Request, 'origin' | 'path'>> {
    if (to instanceof URL) return { origin: to, path: to.pathname + to.search };
    const origin = new URL(await connection.endpoint());
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...query, userProject })) {
      if (value !== undefined) search.set(key, value);
    }
    const root = `${origin.pathname.replace(/\/$/, '')}${upload ? '/upload' : ''}/storage/v1/b`;
    return { origin, path: `${root}/${encodeURIComponent(name)}/${to}?${search.toString()}` };
  }

  async function once<Value>(request: BucketRequest, take: Take<Value>): Promise<Value> {
    const { method, headers, body, signal, accept = [] } = request;
    const address = await addressOf(request);
    const authorization = await unlessAborted(connection.authorization(), signal);
    const answer = await exchange(connection.agent, connection.underWay, {
      method,
      ...address,
      body,
      signal,
      headers: { ...authorization, ...headers },
    });
    const status = answer.statusCode!;
    if ((status >= 200 && status < 300) || accept.includes(status)) return take(answer);
    throw refusal(status, await bodyOf(answer));
  }

  /** Every request of this plugin may be sent twice: it names what it writes and the version that it replaces. */
  async function repeat<Value>(
    request: BucketRequest,
    take: Take<Value>,
    otherwise: (failure: unknown, repeated: boolean) => Promise<Value>,
  ): Promise<Answer<Value>> {
    const { signal, maxRetries = mostRetries } = request;
    const { closings } = connection;
    // Many requests may run under one signal; Node takes the eleventh listener for a leak and warns of it.
    if (signal !== undefined) setMaxListeners(0, signal);
    let repeated = false;
    let silences = 0;
    for (let retries = 0; ; retries++) {
      try {
        return { value: await once(request, take), repeated };
      } catch (error) {
        signal?.throwIfAborted();
        requireOpen(connection, closings);
        const failure = readable(error);
        if (isReason(failure, 'Timeout')) silences++;
        if (!mayPass(failure) || retries >= maxRetries || silences >= mostSilences)
          return { value: await otherwise(failure, repeated), repeated };
        // Who is asked to wait was not served.
        repeated ||= !isReason(failure, 'Throttled');
        await delay(firstWaitMs * 2 ** retries * (1 + Math.random()), undefined, { signal });
      }
    }
  }

  return {
    name,
    connection,
    ask: (request, take) => repeat(request, take, async (failure) => Promise.reject(failure as Error)),
    async json({ isAnswer, doneBefore, ...request }) {
      const { value } = await repeat(
        request,
        (message) => jsonOf(message, isAnswer),
        async (failure, repeated) => {
          const done = repeated && isReason(failure, 'PreconditionFailed') ? await doneBefore?.() : undefined;
          if (done === undefined) throw failure;
          return done;
        },
      );
      return value;
    },
  };
}

/** The body of an answer, which has to be JSON of the kind that is expected. */
export async function jsonOf<Output>(
  message: IncomingMessage,
  isAnswer: (output: Partial<Output>) => boolean,
): Promise<Output> {
  const text = (await bodyOf(message)).toString('utf8');
  let output: unknown;
  try {
    output = JSON.parse(text);
  } catch {
    throw foreignAnswer(message);
  }
  if (typeof output !== 'object' || output === null || !isAnswer(output)) throw foreignAnswer(message);
  return output as Output;
}

/** The error of the way to the service in words of the contract. */
export function readable(error: unknown): unknown {
  if (error instanceof DriverFailure) return error;
  const failure = gcsFailure(error);
  return failure === undefined ? error : new DriverFailure(failure.reason, failure.detail, error);
}

/** Whether the same request may succeed later. */
export function mayPass(failure: unknown): boolean {
  return ['Throttled', 'Unavailable', 'Timeout'].some((reason) => isReason(failure, reason));
}

function isReason(failure: unknown, reason: string): boolean {
  return failure instanceof DriverFailure && failure.failure.reason === reason;
}

/** The path of an object in the API; its key is one segment, and never one that a path is resolved by. */
export function objectAt(key: string): string {
  const segment = encodeURIComponent(key);
  return `o/${/^\.+$/.test(segment) ? segment.replaceAll('.', '%2E') : segment}`;
}
