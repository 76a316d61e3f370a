/**
 * Plain scalars of the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), for texts that
 * arrive without YAML around them: environment variables and assignments.
 */

const nulls = /^(?:~|null|Null|NULL)$/;
const booleans = /^(?:true|True|TRUE|false|False|FALSE)$/;
const integers = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const floats = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinities = /^[-+]?\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;

export type CoreScalar =
  | { readonly value: number | boolean | null }
  /** A whole number that a JavaScript number cannot hold exactly. */
  | { readonly unsafe: true };

/** What a plain scalar with this text means. Undefined for text that is just text, and for the empty text. */
export function readCoreScalar(text: string): CoreScalar | undefined {
  if (nulls.test(text)) return { value: null };
  if (booleans.test(text)) return { value: text.toLowerCase() === 'true' };
  if (integers.test(text)) return isUnsafeInteger(text) ? { unsafe: true } : { value: Number(text) };
  if (floats.test(text)) return { value: Number(text) };
  if (infinities.test(text)) return { value: text.startsWith('-') ? -Infinity : Infinity };
  if (notANumber.test(text)) return { value: NaN };
  return undefined;
}

/** True for an integer, written as YAML 1.2 core does, beyond ±(2^53 - 1). */
export function isUnsafeInteger(text: string): boolean {
  return integers.test(text) && !Number.isSafeInteger(Number(text));
}

/** What YAML 1.1, which Python's reader speaks, makes of a plain text; undefined where both versions agree. */
export function yaml11Meaning(text: string): string | undefined {
  if (isYaml11Boolean(text)) return `the boolean ${/^(?:yes|on)$/i.test(text)}`;
  if (/^[-+]?0[0-7]+$/.test(text)) {
    const octal = Number.parseInt(text, 8);
    return octal === Number(text) ? undefined : `the octal number ${octal}`;
  }
  if (/^[-+]?[0-9]+(?:_[0-9]+)+$/.test(text)) return `the number ${text.replaceAll('_', '')}`;
  return undefined;
}

export function isYaml11Boolean(value: unknown): boolean {
  return typeof value === 'string' && /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/.test(value);
}
