import type { S3Client } from '@aws-sdk/client-s3';
import type { IncomingMessage } from 'node:http';

/** Connections at once. An open read has one until it has been read to its end or closed. */
export const maxRequests = 256;

/**
 * Requests wait here for their turn, and as long as it takes. The SDK would count the time that they wait for a free connection
 * as time in which the server does not answer, and give them up while the server is well.
 */
export function limitRequests(client: S3Client): void {
  let free = maxRequests;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  client.middlewareStack.add(
    (next) => async (call) => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        const result = await next(call);
        const { body } = result.response as { readonly body?: IncomingMessage };
        if (body === undefined || body.closed) leave();
        else body.once('close', leave);
        return result;
      } catch (error) {
        leave();
        throw error;
      }
    },
    { step: 'deserialize', priority: 'low', name: 'limitRequests' },
  );
}
