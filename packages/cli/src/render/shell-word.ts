/**
 * A word of a command that people are to copy into their shell, in quotes where it needs some: double ones, which every
 * shell knows, or single ones around what double ones would let act.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(text)) return text;
  return /["$`!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
