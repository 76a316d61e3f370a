import type { NodeLook } from '../drawing/look.js';

type Style = 'bold' | 'dim' | 'output' | NodeLook;

// SGR codes of ECMA-48; only the eight colours that every terminal theme defines.
const codes: Record<Style, string> = {
  bold: '1',
  dim: '2',
  output: '1;33',
  input: '36',
  config: '33',
  loader: '32',
  function: '34',
  branch: '34',
  unchecked: '34',
  check: '32',
  saver: '35',
};

/** Wraps text in the codes of a style, or leaves it alone. */
export type Painter = (style: Style, text: string) => string;

export const paintColors: Painter = (style, text) =>
  text === '' ? '' : `\u001B[${codes[style]}m${text}\u001B[0m`;

export const paintNothing: Painter = (_style, text) => text;
