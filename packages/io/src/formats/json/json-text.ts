/** Steps over the parts of a text that is known to be JSON. */

/** The offset behind the string that opens at an offset. */
export function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let slash = at - 1;
    while (text.charCodeAt(slash) === 0x5c) slash--;
    // After an even number of backslashes the quote closes.
    if ((at - slash) % 2 === 1) return at + 1;
  }
}

/** The offset behind the number that begins at an offset. */
export function numberEnd(text: string, start: number): number {
  let at = start + 1;
  while (isNumberPart(text.charCodeAt(at))) at++;
  return at;
}

/** True for the code of a digit or a minus. */
export function beginsNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

function isNumberPart(code: number): boolean {
  return beginsNumber(code) || code === 0x2b || code === 0x2e || code === 0x65 || code === 0x45;
}
