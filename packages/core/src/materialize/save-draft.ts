/** Drafts of nodes that save the values of others and give what is known of the saved file. */
import { deciding } from '../model/decides.js';
import type { NodeDraft } from '../model/definition.js';
import type { NodeContext } from '../model/functions.js';
import type { DataSaver } from './contract.js';
import { draftOf } from './load-drafts.js';
import { optionsAmong, withOptions } from './option-edges.js';

const valueParameter = 'saved.value';

/** The node `name`, which saves the value of the node `target`. */
export function saveDraft(of: NodeDraft, name: string, target: string, saver: DataSaver): NodeDraft {
  const save = (inputs: Readonly<Record<string, unknown>>, context: NodeContext) =>
    saver.save(inputs[valueParameter] as never, optionsAmong(inputs, saver), context);
  const draft: NodeDraft = {
    ...draftOf(of, name, 'saver'),
    fn: deciding(save, { given: { type: saver.type }, calls: saver.save }),
    style: 'object',
    parameters: [{ parameter: valueParameter, node: target, optional: false }],
    takesContext: true,
    doc: saver.doc,
  };
  return withOptions(draft, saver);
}
