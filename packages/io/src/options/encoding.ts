import * as v from 'valibot';

/**
 * What the bytes of a text file stand for: any label of the WHATWG Encoding Standard, as `TextDecoder` takes it (`utf8`,
 * `latin1`, `utf-16le`, `shift_jis`). It comes out as the name of the encoding, and that of `latin1` is `windows-1252`.
 */
export const encoding = v.optional(
  v.pipe(
    v.string(),
    v.check(
      (label) => nameOf(label) !== undefined,
      'must be a name of the Encoding Standard, such as utf-8, utf-16le, windows-1252 or shift_jis',
    ),
    v.transform((label) => nameOf(label)!),
  ),
  'utf-8',
);

function nameOf(label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).encoding;
  } catch {
    return undefined;
  }
}
