/** Why a node is computed or not, in words that follow its name. */
import { boundedList, type NodePreview } from '@flowerpower/core';

/** @param called - what a node is called by those who read it: a loader by the name of what it loads. */
export function becauseOf(preview: NodePreview, kind: string, called: (node: string) => string): string {
  const { reason, inputs = [], detail, until = [], branch, items, each } = preview;
  const names = (list: readonly string[]) => boundedList([...new Set(list.map(called))]);
  const before = `until ${names(until)} ${new Set(until.map(called)).size === 1 ? 'has' : 'have'} run`;
  const forItems = itemsIn(items, each, called);
  switch (reason) {
    case 'found':
      return items === undefined ? 'in the cache' : `in the cache${forItems}`;
    case 'no-cache':
      return kind === 'loader'
        ? 'loaded in every run'
        : kind === 'saver'
          ? 'saved in every run'
          : `there is no cache${forItems}`;
    case 'behavior':
      if (kind === 'saver' && detail === 'disable') return 'saved in every run';
      if (kind === 'loader' && detail === 'recompute') return 'loaded in every run';
      return `${wordsOf[detail ?? ''] ?? `the cache has ${detail} for it`}${forItems}`;
    case 'first-time':
    case 'new-item':
      return `not in the cache yet${forItems}`;
    case 'code-changed':
      return `its code changed${forItems}`;
    case 'input-changed':
      return `its ${inputs.length === 1 ? 'input' : 'inputs'} ${boundedList(inputs)} changed${forItems}`;
    case 'parameter-changed':
      return `its ${inputs.length === 1 ? 'parameter' : 'parameters'} ${boundedList(inputs)} changed${forItems}`;
    case 'evicted':
      return `its value is gone from the cache${forItems}`;
    case 'store-failed':
      return `the cache cannot be read${forItems}`;
    case 'not-stored':
      return `its value cannot be kept: ${detail}`;
    case 'uncacheable-input':
      return `an input cannot be compared: ${detail}`;
    case 'unknown-code':
      return `its code cannot be compared: ${detail}`;
    case 'loaded-anew':
      return 'loaded in every run';
    case 'passed-on':
      return `hands on what is checked${forItems}`;
    case 'takes-side':
      return `takes the side that is chosen${forItems}`;
    case 'awaits-values':
      return before;
    case 'awaits-choice':
      return `${before}, which decides for ${called(branch!)}`;
    case 'not-chosen':
      return `'${called(branch!)}' takes another side`;
    case 'no-items':
      return each === undefined ? 'nothing needs it' : `'${called(each)}' has no items`;
  }
}

const wordsOf: Readonly<Record<string, string>> = {
  recompute: 'computed in every run',
  disable: 'never kept in the cache',
  ignore: 'never kept in the cache',
};

function itemsIn(
  items: NodePreview['items'],
  each: string | undefined,
  called: (node: string) => string,
): string {
  if (each === undefined) return '';
  if (items === undefined) return `, once for each item of '${called(each)}'`;
  const { all, cached } = items;
  if (cached === 0 || cached === all) return all === 1 ? ', for 1 item' : `, for all ${all} items`;
  return `, for ${all - cached} of ${all} items`;
}
