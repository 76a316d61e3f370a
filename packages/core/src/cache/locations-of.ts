/** Resources say by a method of this name where they lead, so that a loader which reads through them has a key. */
const locationKey: unique symbol = Symbol.for('flowerpower.location');

/** What resources say of where they lead, by name; those that say nothing are not among it. */
export function locationsOf(resources: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: [string, unknown][] = [];
  for (const [name, resource] of Object.entries(resources)) {
    const where = (resource as { readonly [locationKey]?: unknown } | null | undefined)?.[locationKey];
    if (typeof where === 'function') found.push([name, where.call(resource)]);
  }
  return Object.fromEntries(found);
}
