/**
 * Part of every hash and every manifest. Change `format` when transformed code or the manifest change shape;
 * a test keeps `transformer` in step with package.json.
 */
export const cacheVersion = { format: 2, transformer: 'oxc-transform@0.158.0' } as const;
