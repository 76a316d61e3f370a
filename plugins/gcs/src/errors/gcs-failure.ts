/** What a refusal of the service, or an error of the way to it, means. */
import { DriverFailure, type Failure } from '@flowerpower/fs';

type Reason = Failure['reason'];

const byStatus: Readonly<Record<number, Reason>> = {
  401: 'PermissionDenied',
  403: 'PermissionDenied',
  404: 'NotFound',
  408: 'Timeout',
  412: 'PreconditionFailed',
  // Of a read: the version that was asked for is the one that is no longer there.
  304: 'PreconditionFailed',
  416: 'RangeNotSatisfiable',
  429: 'Throttled',
  500: 'Unavailable',
  502: 'Unavailable',
  503: 'Throttled',
  504: 'Unavailable',
};

const byCode: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'Unavailable',
  ECONNRESET: 'Unavailable',
  EAI_AGAIN: 'Unavailable',
  ENOTFOUND: 'Unavailable',
  EHOSTUNREACH: 'Unavailable',
  ENETUNREACH: 'Unavailable',
  EPIPE: 'Unavailable',
  EMFILE: 'Unavailable',
  ENFILE: 'Unavailable',
  ETIMEDOUT: 'Timeout',
};

/** An answer that is no success. `body` is what the service says about it. */
export function refusal(status: number, body: Uint8Array): DriverFailure {
  const message = messageIn(Buffer.from(body).toString('utf8'));
  const cause = Object.assign(new Error(message ?? `HTTP ${status}`), { httpStatusCode: status });
  const bucketMissing = status === 404 && message !== undefined && /bucket/i.test(message);
  if (status === 400 && message !== undefined && /crc32c|checksum|\bhash\b/i.test(message)) {
    const detail = 'the bytes that arrived are not those that were sent, and were not stored';
    return new DriverFailure('ChecksumMismatch', detail, cause, { status });
  }
  const reason = byStatus[status] ?? 'Unknown';
  const detail = bucketMissing
    ? 'there is no such bucket'
    : reason === 'Unknown'
      ? (message ?? `HTTP ${status}`)
      : undefined;
  const hint = bucketMissing
    ? 'Check the name of the bucket. A bucket is made beforehand.'
    : reason === 'PermissionDenied'
      ? 'Check which roles the account of these credentials has for the bucket.'
      : undefined;
  return new DriverFailure(reason, detail, cause, { status, hint });
}

/** The service answers in JSON, an upload or a proxy in plain text. */
function messageIn(body: string): string | undefined {
  try {
    const { error } = JSON.parse(body) as { readonly error?: { readonly message?: unknown } };
    if (typeof error?.message === 'string') return error.message;
  } catch {
    // Not JSON: the text itself.
  }
  return body === '' ? undefined : body.slice(0, 500);
}

/** An error of the connection; undefined when it is something else. */
export function gcsFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { readonly code?: unknown };
  const reason = typeof code === 'string' ? byCode[code] : undefined;
  if (reason === undefined) return undefined;
  const isFull = code === 'EMFILE' || code === 'ENFILE';
  return isFull ? { reason, detail: 'this process has too many files and connections open' } : { reason };
}
