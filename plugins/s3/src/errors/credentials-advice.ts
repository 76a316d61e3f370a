import type { Failure } from '@flowerpower/fs';

/** Why the SDK's chain of credentials found none that can be used: by its message, as it has no codes for this. */
export function credentialsAdvice(message: string, profile: string | undefined): Failure {
  const reason = 'PermissionDenied';
  if (/\bSSO\b|\bexpired\b/i.test(message))
    return { reason, detail: 'the session of these credentials has ended', hint: 'Run aws sso login.' };
  if (profile !== undefined) {
    return {
      reason,
      detail: `the profile '${profile}' has no credentials that could be used`,
      hint: 'Check its name, under storageOptions.s3 or in AWS_PROFILE: aws configure list-profiles lists those that there are.',
    };
  }
  return {
    reason,
    detail: 'no credentials were found',
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile under storageOptions.s3.',
  };
}
