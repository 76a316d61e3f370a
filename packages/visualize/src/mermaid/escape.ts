/**
 * Text that Mermaid shows literally inside a quoted label.
 *
 * A label passes through directive search, Markdown and HTML on its way to the screen. Only characters that none
 * of them reacts to stay as they are; every other one becomes a Mermaid entity (`#35;`), which is decoded last.
 * See https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters.
 * `text` is plain already.
 */
export function mermaidText(text: string): string {
  return text
    .replace(/[^\p{L}\p{M}\p{N} _.,=?[\]…-]/gu, entity)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, entity) // Emphasis, unless inside a word.
    .replace(/(?<=www)\./gi, entity) // Bare web addresses would become links.
    .replace(/^-|(?<=^\d+)\./g, entity); // Lists.
}

function entity(character: string): string {
  return `#${character.codePointAt(0)};`;
}
