/** Text as XML character data or as an attribute value in double quotes. `text` is plain already. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A coordinate with at most two decimals, always written the same way. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
