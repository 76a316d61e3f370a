/** What can be told of an adapter before it is used: a misspelt hook would never be called. */
import { aListOf, type OptionRule } from '../errors/option-rules.js';

const hooks = /^(?:(?!on[A-Z]|around[A-Z]).*|on(?:Run|Node)(?:Start|End)|aroundNode)$/s;

export const aListOfAdapters: OptionRule = /* @__PURE__ */ aListOf(
  'adapters',
  'Write adapters: [adapter].',
  (adapter) => Object.keys(adapter).every((key) => hooks.test(key)),
  'an adapter without another hook',
);
