/**
 * The TypeScript type of what JSON can say, as far as a type tells: that an object holds no Map, and a number is not
 * NaN, shows when it is saved.
 */
export const plainDataType = 'string | number | boolean | object | null';
