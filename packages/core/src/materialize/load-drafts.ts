/** Drafts of the two nodes of a loaded value: the pair that a loader gives, and the value taken out of it. */
import { deciding } from '../model/decides.js';
import type { NodeDraft } from '../model/definition.js';
import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { kindOf } from '../errors/kind-of.js';
import { kindWithLength } from '../draft/missing-part.js';
import { markInner } from '../draft/targets.js';
import type { NodeContext } from '../model/functions.js';
import type { DataLoader } from './contract.js';
import { optionsAmong, withOptions } from './option-edges.js';

/** What the drafts of one export have in common. */
export function draftOf(of: NodeDraft, name: string, kind: NodeDraft['kind']) {
  const { exportName, module, place } = of;
  return { name, exportName, kind, module, place, bound: {}, tags: {}, derived: true };
}

/** The node that loads: its value is the pair. */
export function loadDraft(of: NodeDraft, name: string, loader: DataLoader): NodeDraft {
  const load = (inputs: Readonly<Record<string, unknown>>, context: NodeContext) =>
    loader.load(optionsAmong(inputs, loader), context);
  const draft: NodeDraft = {
    ...draftOf(of, name, 'loader'),
    fn: deciding(load, { given: { type: loader.type, dependsOn: loader.dependsOn }, calls: loader.load }),
    style: 'object',
    parameters: [],
    takesContext: true,
    doc: loader.doc,
    loaded: 'pair',
  };
  return markInner(withOptions(draft, loader));
}

/** The node that takes the value out of the pair of the node `pair`. */
export function valueDraft(
  of: NodeDraft,
  name: string,
  pair: string,
  { type, fn = valueOf }: { readonly type?: string | undefined; readonly fn?: NodeDraft['fn'] } = {},
): NodeDraft {
  return {
    ...draftOf(of, name, 'loader'),
    fn,
    style: 'positional',
    parameters: [{ parameter: 'loaded.pair', node: pair, optional: false }],
    takesContext: true,
    type,
    loaded: 'value',
  };
}

const code: CoreErrorCode = 'FP_BAD_LOADED_DATA';

function valueOf(pair: unknown, context: NodeContext): unknown {
  if (Array.isArray(pair) && pair.length === 2) return pair[0] as unknown;
  throw new FlowerPowerError({
    code,
    message: `What '${context.node}' is taken from is ${kindWithLength(pair)}, where [value, metadata] is needed.`,
    hint: 'Return both from the loader: return [rows, { rows: rows.length }].',
  });
}

/** Of a function that says itself what it has loaded. */
export function valueWithRecord(pair: unknown, context: NodeContext): unknown {
  const value = valueOf(pair, context);
  const metadata = (pair as readonly unknown[])[1];
  if (typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)) return value;
  throw new FlowerPowerError({
    code,
    message: `The metadata of '${context.node}' must be an object, not ${kindOf(metadata)}.`,
    hint: 'Return facts by name from the loader: return [rows, { rows: rows.length }].',
  });
}
