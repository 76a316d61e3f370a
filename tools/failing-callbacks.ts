/** The ways in which a callback of a user fails, for the tests of every package that calls some. */

export const boom = new Error('no line for you');

/** By how they fail. */
export const failures: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw boom;
  },
  rejects: () => Promise.reject(boom),
  'rejects later': async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw boom;
  },
  'gives a foreign promise that rejects': () => ({
    // oxlint-disable-next-line unicorn/no-thenable -- a promise of another library
    then: (_: unknown, no: (e: unknown) => void) => no(boom),
  }),
};
