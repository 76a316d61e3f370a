const enough = 4000;

/** A text from outside at a length that a person may still read; says how much was cut. */
export function brief(text: string, limit = enough): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}… ${text.length - limit} more characters`;
}
