/**
 * Part of every hash and every manifest. Change `format` when transformed code, the
 * manifest or what versions of code are made of changes;
 * a test keeps `transformer` in step with package.json.
 */
export const cacheVersion = { format: 3, transformer: 'oxc-transform@0.158.0' } as const;
