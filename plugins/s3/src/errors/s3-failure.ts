/** What an error of the SDK, of its transport or of its credential chain means. */
import type { Failure } from '@flowerpower/fs';
import { credentialsAdvice } from './credentials-advice.js';

type Reason = Failure['reason'];

/** By the name of the error, as the service and the SDK give it. */
const byName: Readonly<Record<string, Reason>> = {
  NoSuchKey: 'NotFound',
  NotFound: 'NotFound',
  NoSuchBucket: 'NotFound',
  NoSuchUpload: 'NotFound',
  AccessDenied: 'PermissionDenied',
  AccountProblem: 'PermissionDenied',
  AllAccessDisabled: 'PermissionDenied',
  CredentialsProviderError: 'PermissionDenied',
  TokenProviderError: 'PermissionDenied',
  ExpiredToken: 'PermissionDenied',
  InvalidAccessKeyId: 'PermissionDenied',
  InvalidToken: 'PermissionDenied',
  SignatureDoesNotMatch: 'PermissionDenied',
  // Of versitygw, for an access key that it does not know.
  XAdminUserNotFound: 'PermissionDenied',
  PreconditionFailed: 'PreconditionFailed',
  ConditionalRequestConflict: 'PreconditionFailed',
  InvalidRange: 'RangeNotSatisfiable',
  KeyTooLongError: 'InvalidPath',
  BadDigest: 'ChecksumMismatch',
  XAmzContentChecksumMismatch: 'ChecksumMismatch',
  InsufficientStorage: 'NoSpace',
  QuotaExceeded: 'NoSpace',
  XMinioStorageFull: 'NoSpace',
  SlowDown: 'Throttled',
  RequestLimitExceeded: 'Throttled',
  Throttling: 'Throttled',
  ThrottlingException: 'Throttled',
  TooManyRequestsException: 'Throttled',
  RequestTimeout: 'Timeout',
  TimeoutError: 'Timeout',
  InternalError: 'Unavailable',
  ServiceUnavailable: 'Unavailable',
  NotImplemented: 'Unsupported',
};

/** By what Node says of a connection. */
const byCode: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'Unavailable',
  ECONNRESET: 'Unavailable',
  EAI_AGAIN: 'Unavailable',
  ENOTFOUND: 'Unavailable',
  EHOSTUNREACH: 'Unavailable',
  ENETUNREACH: 'Unavailable',
  EPIPE: 'Unavailable',
  ERR_STREAM_PREMATURE_CLOSE: 'Unavailable',
  ETIMEDOUT: 'Timeout',
  EMFILE: 'Unavailable',
  ENFILE: 'Unavailable',
};

/** What the reason alone does not say. */
const details: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket',
  ExpiredToken: 'the credentials have expired',
  InvalidAccessKeyId: 'the store does not know this access key',
  SignatureDoesNotMatch: 'the secret key does not belong to the access key',
  PermanentRedirect: 'the bucket is in another region; set the option region',
  AuthorizationHeaderMalformed: 'the bucket is in another region; set the option region',
};

/** What to do about it; else the standing advice for the reason. */
const hints: Readonly<Record<string, string>> = {
  NoSuchBucket: 'Check the name of the bucket, and the endpoint. A bucket is made beforehand.',
  AccessDenied: 'Check what the policies allow whoever these credentials belong to.',
  ExpiredToken: 'Get new ones, for example with aws sso login.',
  InvalidAccessKeyId:
    'Check AWS_ACCESS_KEY_ID, or the profile, and that the endpoint is the store that gave it.',
  XAdminUserNotFound:
    'Check AWS_ACCESS_KEY_ID, or the profile, and that the endpoint is the store that gave it.',
  SignatureDoesNotMatch: 'Check AWS_SECRET_ACCESS_KEY, or the profile.',
};

/** Where no connection comes about. */
const unreachable: ReadonlySet<string | undefined> = new Set(['ENOTFOUND', 'ECONNREFUSED', 'EHOSTUNREACH']);

/** What the advice depends on. */
export interface Told {
  /** Whether nothing names another store than AWS. */
  readonly isAws: boolean;
  /** Whose credentials were asked for. */
  readonly profile: string | undefined;
}

export function s3Failure(error: unknown, told?: Told): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code, $metadata, $response } = error as SdkError;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  const reason = byName[name] ?? (code === undefined ? undefined : byCode[code]) ?? byStatus(status);
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError')
    return credentialsAdvice(message, told?.profile);
  if (message.startsWith('Checksum mismatch')) return { reason: 'ChecksumMismatch', status };
  const detail = details[name] ?? (message === 'Region is missing' ? 'no region is set' : undefined);
  const hint = unreachable.has(code)
    ? told?.isAws
      ? 'Is the bucket in another store than AWS? Then give its address as endpoint, under storageOptions.s3 or in AWS_ENDPOINT_URL.'
      : 'Check the endpoint, and whether the server at it runs.'
    : (hints[name] ?? (reason === 'PermissionDenied' ? hints['AccessDenied'] : undefined));
  if (reason !== undefined || detail !== undefined)
    return { reason: reason ?? 'Unknown', status, detail, hint };
  if (status === undefined) return undefined;
  const said =
    name === 'UnknownError' || message === 'UnknownError' ? 'and said nothing more' : `(${name}): ${message}`;
  return { reason: 'Unknown', status, detail: `the store answered HTTP ${status} ${said}` };
}

/**
 * For HEAD, which has no body that could name the error, and for stores with names of their own. Not 404: what is missing
 * may be something else than the object.
 */
function byStatus(status: number | undefined): Reason | undefined {
  switch (status) {
    case 401:
    case 403:
      return 'PermissionDenied';
    case 412:
      return 'PreconditionFailed';
    case 507:
      return 'NoSpace';
    case 416:
      return 'RangeNotSatisfiable';
    case 429:
    case 503:
      return 'Throttled';
    case 500:
    case 502:
    case 504:
      return 'Unavailable';
    default:
      return undefined;
  }
}

interface SdkError extends Error {
  readonly code?: string;
  readonly $response?: { readonly statusCode?: number };
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}
