/** What can be told of an adapter before it is used: a misspelt hook would never be called. */
import { aListOf, isNoList } from '../errors/option-rules.js';
import { readProperty } from '../errors/read-property.js';
import { didYouMean } from '../errors/suggest.js';

export const aListOfAdapters = /* @__PURE__ */ adapterRule();

function adapterRule() {
  const hooks = ['onRunStart', 'onNodeStart', 'onNodeEnd', 'onRunEnd', 'aroundNode'];
  /** Undefined for none, and empty for one without advice. */
  const faultOf = (value: unknown) => {
    if (!isNoList(value) || !readProperty(value, 'name')) return '';
    for (const key of Object.keys(value)) {
      if (!hooks.includes(key)) {
        // Every adapter has one, in every run.
        if (key === 'name') continue;
        const near = didYouMean(key, hooks);
        if (near || /^(on|around)[A-Z]/.test(key)) return near ?? '';
      } else if (!/^[uf]/.test(typeof readProperty(value, key))) return `${key} is no function.`;
    }
    return undefined;
  };
  return aListOf('adapters', 'Write adapters: [adapter].', {
    fits: (value) => faultOf(value) === undefined,
    expected: `a named adapter, whose hooks are ${hooks.join(', ')}`,
    hint: faultOf,
  });
}
