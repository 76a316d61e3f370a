/**
 * Whether a text holds no half of a surrogate pair, which UTF-8 cannot say. Every Node that this runs on knows it; the
 * types of the language are those of an older year.
 */
export function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
