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
    const detail = 'the service that gives access does not accept these credentials';
    const hint =
      'Get new ones: gcloud auth application-default login, or another key of the service account.';
    return new DriverFailure('PermissionDenied', detail, undefined, { status: refused, hint });
  }
  if (String(message).startsWith('Could not load the default credentials')) {
    return new DriverFailure('PermissionDenied', 'no credentials were found', undefined, {
      hint: 'Run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to the file that holds them; for an emulator set endpoint.',
    });
  }
  return ofTheFile(error as Error);
}

function ofTheFile({ name, message }: Error): DriverFailure {
  const failure = (detail: string, hint: string) =>
    new DriverFailure('PermissionDenied', detail, undefined, { hint });
  if (name === 'SigningError')
    return failure('these credentials cannot sign', 'Use those of a service account, which can.');
  const hint =
    'Check what GOOGLE_APPLICATION_CREDENTIALS names: the file of a service account, or of gcloud.';
  return /does not exist/.test(message)
    ? failure('the file of credentials is not there', hint)
    : failure('the file of credentials cannot be used, for it is damaged or of another kind', hint);
}
