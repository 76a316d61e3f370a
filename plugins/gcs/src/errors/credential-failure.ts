/** Why nobody could be found, or be believed, who asks: in our words, for those of the library quote the credentials. */
import { DriverFailure } from '@flowerpower/fs';
import { gcsFailure } from './gcs-failure.js';

/** The failure has no cause: messages of the library, and of parsers below it, repeat what is written in the file. */
export function credentialFailure(error: unknown): DriverFailure {
  const { message, status, response } = error as {
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
  return new DriverFailure('PermissionDenied', ofTheFile(error as Error));
}

function ofTheFile({ name, message }: Error): string {
  const advice = 'check GOOGLE_APPLICATION_CREDENTIALS';
  if (/does not exist/.test(message)) return `the file of credentials is not there; ${advice}`;
  if (name === 'SigningError') return 'these credentials cannot sign; those of a service account can';
  return `the file of credentials cannot be used, for it is damaged or of another kind; ${advice}`;
}
