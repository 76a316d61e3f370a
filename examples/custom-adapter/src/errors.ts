import { defineErrors } from '@flowerpower/core';

/** The errors of this package. Their codes are permanent: people look for them, and name them in `retryExceptions`. */
export const legacyError = defineErrors({
  LEGACY_LINE_TOO_LONG: 'A line of a fixed-width file has more characters than its columns.',
  LEGACY_VALUE: 'A row cannot be written as a line of fixed width.',
  LEGACY_ZIP: 'A zip archive is damaged, or uses a feature that this package does not have.',
});
