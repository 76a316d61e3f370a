import { definePackage } from '../../tools/tsup.shared.js';

const subjects = [
  'modifiers',
  'checks',
  'cache',
  'fan-out',
  'adapters',
  'inspect',
  'explanations',
  'testing',
];

/**
 * Two files hold everything: the engine, and the rest, of which the subjects are views. Each file costs a program that
 * imports it more than the code in it, and what two entries share must not be there twice.
 */
export default [
  definePackage(['src/index.ts', 'src/engine/index.ts']),
  definePackage(Object.fromEntries(subjects.map((name) => [`entries/${name}`, `src/entries/${name}.ts`])), {
    external: [/^\.\.\/index\.js$/],
    clean: false,
  }),
];
