/**
 * True for what Node looks for in `node_modules`: `name`, `@scope/name`, and a path inside of it. Everything else that
 * stands under `plugins:` is a location, also `name/../../x`, which would lead out of the package.
 */
export function isPackageName(specifier: string): boolean {
  const segments = specifier.split('/');
  const scope = specifier.startsWith('@') ? 2 : 1;
  return (
    segments.length >= scope &&
    segments.every((segment) => /^(?!\.\.?$)@?[\w.~-]+$/.test(segment)) &&
    /^[@a-z\d-]/i.test(specifier)
  );
}
