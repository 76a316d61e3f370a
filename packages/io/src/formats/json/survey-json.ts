/** What a JSON text holds that its parser says nothing about: one fast pass, which may suspect too much. */
import { beginsNumber, numberEnd, stringEnd } from './json-text.js';

export interface JsonSurvey {
  readonly depth: number;
  /** Members of all objects. Fewer in what was parsed means that keys were repeated. */
  readonly members: number;
  /** True when some number is so long, or has such an exponent, that it may lose digits. */
  readonly hasLongNumber: boolean;
}

/** No shorter whole number is beyond 2^53. */
const safeLength = 15;

/** @param text - valid JSON. */
export function surveyJson(text: string): JsonSurvey {
  let open = 0;
  let depth = 0;
  let members = 0;
  let hasLongNumber = false;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = stringEnd(text, at);
      continue;
    }
    if (beginsNumber(code)) {
      const end = numberEnd(text, at);
      hasLongNumber ||= end - at > safeLength || /e/i.test(text.slice(at, end));
      at = end;
      continue;
    }
    if (code === 0x7b || code === 0x5b) {
      open++;
      if (open > depth) depth = open;
    } else if (code === 0x7d || code === 0x5d) {
      open--;
    } else if (code === 0x3a) {
      members++;
    }
    at++;
  }
  return { depth, members, hasLongNumber };
}

/** The members of all objects within a parsed value. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  const open: object[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const values: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) members += values.length;
    for (const each of values) if (typeof each === 'object' && each !== null) open.push(each);
  }
  return members;
}
