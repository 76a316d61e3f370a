import { DriverFailure } from '@flowerpower/fs';
import type { IncomingMessage } from 'node:http';

/** An answer that says success and is none of the service's: a page of a proxy, a web server at a mistyped address. */
export function foreignAnswer({ statusCode, headers }: IncomingMessage): DriverFailure {
  const type = headers['content-type'];
  const what = type === undefined ? `HTTP ${statusCode}` : `HTTP ${statusCode}, ${type}`;
  const detail = `what answered is not Cloud Storage (${what}); check the endpoint, and any proxy on the way`;
  return new DriverFailure('Unknown', detail, undefined, { status: statusCode });
}
