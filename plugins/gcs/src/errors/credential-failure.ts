/** Why nobody could be found, or be believed, who asks: in our words, for those of the library quote the credentials. */
import { DriverFailure } from '@flowerpower/fs';
import { gcsFailure } from './gcs-failure.js';

/** The failure has no cause: messages of the library, and of parsers below it, repeat what is written in the file. */
export function credentialFailure(error: unknown): DriverFailure {
  const { code, message, status, response } = error as {
    readonly code?: unknown;
    readonly message?: unknown;
    readonly status?: unknown;
    readonly response?: { readonly status?: unknown };
  };
  const wayFailed = gcsFailure(error);
  if (wayFailed !== undefined)
    return new DriverFailure(wayFailed.reason, 'the service that gives access could not be asked');
  const refused = status ?? response?.status;
  if (typeof refused === 'number' && refused >= 500) {
    const detail = 'the service that gives access could not answer';
    return new DriverFailure('Unavailable', detail, undefined, { status: refused });
  }
  if (typeof refused === 'number') {
    const detail = 'the service that gives access does not accept these credentials; get new ones';
    return new DriverFailure('PermissionDenied', detail, undefined, { status: refused });
  }
  if (String(message).startsWith('Could not load the default credentials')) {
    return new DriverFailure(
      'PermissionDenied',
      'no credentials were found; run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS',
    );
  }
  const isAbsent = code === 'ENOENT' || /does not exist/.test(String(message));
  return new DriverFailure(
    'PermissionDenied',
    isAbsent
      ? 'the file of credentials is not there; check GOOGLE_APPLICATION_CREDENTIALS'
      : 'the file of credentials cannot be used: it is no JSON, or its key is none; check GOOGLE_APPLICATION_CREDENTIALS',
  );
}
