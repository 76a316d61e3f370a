/** The value of a string literal without escapes or substitutions, else undefined. */
export function literalText(text: string): string | undefined {
  const quote = text[0];
  if (text.length < 2 || quote !== text.at(-1) || !/^['"`]/.test(text)) return undefined;
  const value = text.slice(1, -1);
  return /[\\\n]/.test(value) || value.includes(quote!) || value.includes('${') ? undefined : value;
}
