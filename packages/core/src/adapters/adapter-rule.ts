/** What can be told of an adapter before it is used: a misspelt hook would never be called. */
import { aListOf, isNoList } from '../errors/option-rules.js';
import { didYouMean } from '../errors/suggest.js';

export const aListOfAdapters = /* @__PURE__ */ adapterRule();

function adapterRule() {
  const hooks = ['onRunStart', 'onNodeStart', 'onNodeEnd', 'onRunEnd', 'aroundNode'];
  const misspelt = (value: unknown) =>
    isNoList(value)
      ? Object.keys(value).find((key) => !hooks.includes(key) && /^(on|around)[A-Z]/.test(key))
      : '';
  return aListOf('adapters', 'Write adapters: [adapter].', {
    fits: (value) => misspelt(value) === undefined,
    expected: `an adapter, whose hooks are ${hooks.join(', ')}`,
    hint: (value) => didYouMean(misspelt(value)!, hooks),
  });
}
