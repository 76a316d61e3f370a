/**
 * Our own colours inside texts that also hold foreign ones. Until a line is written, a style stands in it as a mark
 * that nobody outside can guess; escape sequences that came with a text are not marks, and are shown escaped.
 */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const mark = `\ufdd0${Math.random().toString(36).slice(2)}[`;
const introducer = '\u001b[';
const styles = new RegExp(`${mark.replace('[', '\\[')}[\\d;]*m`, 'g');
const sequences = new RegExp(`${introducer.replace('[', '\\[')}(?=[\\d;]*m)`, 'g');

/** Text with a style; it takes effect where {@link resolveStyles} allows it. */
export function styled(style: Style, text: string): string {
  return text === ''
    ? ''
    : styleText(style, '\0', { validateStream: false })
        .replaceAll(introducer, mark)
        .replace('\0', () => text);
}

/** A line that came with colours of its own: they count, up to its end, and no other escape sequence of it does. */
export function keepColors(line: string): string {
  return line.includes(introducer) ? `${line.replace(sequences, mark)}${mark}0m` : line;
}

/** Styles as colour sequences, or gone. */
export function resolveStyles(text: string, color: boolean): string {
  return color ? text.replaceAll(mark, introducer) : removeStyles(text);
}

export function removeStyles(text: string): string {
  return text.replace(styles, '');
}
