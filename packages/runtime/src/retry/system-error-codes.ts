/** Codes of operating system, DNS and HTTP client errors, as Node puts them into `error.code`. */
import dns from 'node:dns';
import { getSystemErrorMap } from 'node:util';

/** Of undici, Node's HTTP client; it exports no list. Source: undici, docs/docs/api/Errors.md. */
const httpClientCodes = [
  'UND_ERR',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RESPONSE_STATUS_CODE',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_INVALID_RETURN_VALUE',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
  'UND_ERR_SOCKET',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_INFO',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
];

let known: ReadonlySet<string> | undefined;

export function systemErrorCodes(): ReadonlySet<string> {
  known ??= new Set<string>([
    ...[...getSystemErrorMap().values()].map(([code]) => code),
    ...Object.values<unknown>({ ...dns }).filter((value) => typeof value === 'string'),
    ...httpClientCodes,
  ]);
  return known;
}
