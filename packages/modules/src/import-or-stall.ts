import { moduleError } from './errors/catalogue.js';

/** Imports that go on. Process-wide on purpose: there is one event loop, and one listener serves all of them. */
const pending = new Set<() => void>();

/**
 * Imports an ES module by its URL. A module that awaits, at its top level, what nothing is left to settle would let
 * Node end the process without a word; here it is an error.
 *
 * @param file - what the error calls the module.
 * @throws (rejects) FlowerPowerError `FP_MODULE_IMPORT_STALLED`; what the module throws.
 */
export function importOrStall(url: string, file: string): Promise<object> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(stalledImport(file));
    if (pending.size === 0) process.on('beforeExit', giveAllUp);
    pending.add(giveUp);
    const end = () => {
      pending.delete(giveUp);
      if (pending.size === 0) process.off('beforeExit', giveAllUp);
    };
    import(/* @vite-ignore */ url).then(
      (namespace: object) => {
        end();
        resolve(namespace);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}

function giveAllUp(): void {
  const all = [...pending];
  pending.clear();
  process.off('beforeExit', giveAllUp);
  for (const giveUp of all) giveUp();
}

function stalledImport(file: string) {
  return moduleError({
    code: 'FP_MODULE_IMPORT_STALLED',
    message: `${file}: importing the module never ends: at its top level it awaits something that nothing is left to settle.`,
    hint: "Look for a top-level 'await' in it, and in what it imports, on a promise that nobody resolves.",
    places: [{ file }],
  });
}
