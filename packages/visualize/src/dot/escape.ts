/**
 * Text as the content of an HTML-like label. `text` is plain already. Backslashes are doubled, because graphviz
 * replaces `\N`, `\G` and their like in these labels too, even when they are written as entities.
 */
export function dotHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\\/g, '\\\\');
}

/**
 * Text as the quoted value of a tooltip that graphviz shows literally: an ampersand would start an entity such as
 * `&amp;`, a backslash an escape such as `\N`. Graphviz resolves escapes of tooltips twice, hence four backslashes.
 */
export function dotTooltip(text: string): string {
  const literal = text
    .replace(/&/g, '&amp;')
    .replace(/\\/g, '\\\\\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
  return `"${literal}"`;
}
