/** True for objects and functions: whatever may have properties of its own. */
export function isObject(value: unknown): value is object {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}
