/** What can be told of an adapter before it is used: a misspelt hook would never be called. */
import { isRecord, type OptionRule } from '../errors/option-rules.js';

const hooks = ['onRunStart', 'onNodeStart', 'onNodeEnd', 'onRunEnd', 'aroundNode'];

const anAdapter: OptionRule = {
  fits(value) {
    if (!isRecord(value)) return false;
    for (const name in value) if (/^(?:on|around)[A-Z]/.test(name) && !hooks.includes(name)) return false;
    return true;
  },
  expected: `an adapter, with some of ${hooks.join(', ')} and no other hook`,
};

export const aListOfAdapters: OptionRule = {
  fits: (value) => Array.isArray(value) && value.every(anAdapter.fits),
  expected: 'a list of adapters',
  hint: 'Write adapters: [adapter].',
  item: anAdapter,
};
