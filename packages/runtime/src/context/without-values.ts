import type { Problem } from '@flowerpower/core';

/** A shorter text says little, and stands in many words by chance. In quotes it is always replaced. */
const minLength = 4;
const shown = '(hidden)';

/**
 * What is wrong with the options of a filesystem, without their values: the message of a schema may repeat what it was
 * given, and that may be a secret.
 */
export function withoutValues(problem: Problem, options: unknown): Problem {
  const values = textsIn(options).sort((a, b) => b.length - a.length);
  const strip = (text: string) =>
    values.reduce((rest, value) => {
      const unquoted = rest.replaceAll(`"${value}"`, shown).replaceAll(`'${value}'`, shown);
      return value.length < minLength ? unquoted : unquoted.replaceAll(value, shown);
    }, text);
  const { message, hint } = problem;
  return { ...problem, message: strip(message), hint: hint === undefined ? undefined : strip(hint) };
}

/** Every text and number, at any depth. */
function textsIn(options: unknown): string[] {
  const texts = new Set<string>();
  const seen = new Set<unknown>();
  const left = [options];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
      if (value !== '') texts.add(String(value));
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      left.push(...Object.values(value));
    }
  }
  return [...texts];
}
