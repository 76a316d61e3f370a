/** The name of an object's class: undefined for a plain object and where there is none, empty for a class without a name. */
export function classNameOf(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? name : undefined;
}
