/**
 * Fonts that ship with the package. This file stays at the top of `src/` because the built code lies as deep
 * below the package as it does: `../assets/` is right in both places.
 */
import { fileURLToPath } from 'node:url';

/** Liberation Sans, as wide as Helvetica and Arial in every letter. */
export const fontFamily = 'Liberation Sans';

/** Absolute paths of the regular and the bold face. */
export function fontFiles(): string[] {
  return ['LiberationSans-Regular.ttf', 'LiberationSans-Bold.ttf'].map((file) =>
    fileURLToPath(new URL(`../assets/${file}`, import.meta.url)),
  );
}
