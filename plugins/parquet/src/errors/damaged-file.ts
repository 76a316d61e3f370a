import { FlowerPowerError, isFlowerPowerError, messageOf, shorten } from '@flowerpower/core';

/** What is in the way of reading a file as Parquet. The library's own words stay in the cause. */
export function damagedFile(file: string, what: string, cause?: unknown): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_PARSE',
    message: `'${file}' cannot be read as Parquet: ${what}.`,
    hint: 'Fetch or write the file again if it is damaged, and look whether it is a Parquet file at all.',
    places: [{ file }],
    cause,
  });
}

/** For a file that may be sound, but holds what cannot be read here. */
export function unsupportedFile(file: string, what: string, hint: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_PARSE',
    message: `'${file}' cannot be read here: ${what}.`,
    hint,
    places: [{ file }],
  });
}

/** Whatever a library throws at bytes that it does not expect becomes an error that names the file. */
export function explained(file: string, what: string, error: unknown): FlowerPowerError {
  if (isFlowerPowerError(error)) return error;
  return damagedFile(file, `${what} (${shorten(messageOf(error), 200)})`, error);
}
