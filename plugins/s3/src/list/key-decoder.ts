/** Reads the keys of a listing. Not every store that is asked for the encoding `url` gives it. */
export function keyDecoder({
  EncodingType,
}: {
  readonly EncodingType?: string | undefined;
}): (key?: string) => string {
  return EncodingType === 'url' ? decoded : asIs;
}

const asIs = (key = ''): string => key;
const decoded = (key = ''): string => decodeURIComponent(key.replaceAll('+', ' '));
