import type { S3Client } from '@aws-sdk/client-s3';
import type { IncomingMessage } from 'node:http';
import { notS3 } from '../errors/always-sent.js';

/**
 * Some proxies answer everything with a page and "200 OK". Of a request that is answered by nothing else than its status,
 * the SDK takes that for success.
 */
export function refusePages(client: S3Client): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        const result = await next(call);
        const { statusCode, headers } = result.response as {
          readonly statusCode: number;
          readonly headers: Readonly<Record<string, string>>;
        };
        if (
          commandName === 'DeleteObjectCommand' &&
          statusCode === 200 &&
          /^text\/html\b/i.test(headers['content-type'] ?? '')
        ) {
          (result.response as { readonly body?: IncomingMessage }).body?.destroy();
          throw notS3(statusCode, 'it is a page of HTML');
        }
        return result;
      },
    { step: 'deserialize', priority: 'low', name: 'refusePages' },
  );
}
