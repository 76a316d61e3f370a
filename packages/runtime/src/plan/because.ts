/** Why a node is computed or not, in words that follow its name. */
import { boundedList, type NodePreview, type PreviewReason } from '@flowerpower/core';

/** @param called - what a node is called by those who read it: a loader by the name of what it loads. */
export function becauseOf(preview: NodePreview, kind: string, called: (node: string) => string): string {
  return words[preview.reason]({ ...preview, kind, called });
}

interface Told extends NodePreview {
  readonly kind: string;
  readonly called: (node: string) => string;
}

const always: Readonly<Record<string, string>> = {
  loader: 'loaded in every run',
  saver: 'saved in every run',
};

const words: Readonly<Record<PreviewReason, (told: Told) => string>> = {
  found: (told) => `in the cache${told.items === undefined ? '' : itemsIn(told)}`,
  'no-cache': (told) => always[told.kind] ?? `there is no cache${itemsIn(told)}`,
  behavior: (told) => {
    const usual = told.kind === 'loader' ? 'recompute' : 'disable';
    const said = told.detail === 'recompute' ? 'computed in every run' : 'never kept in the cache';
    return (told.detail === usual ? always[told.kind] : undefined) ?? `${said}${itemsIn(told)}`;
  },
  'first-time': (told) => `not in the cache yet${itemsIn(told)}`,
  'new-item': (told) => `not in the cache yet${itemsIn(told)}`,
  'code-changed': (told) => `its code changed${itemsIn(told)}`,
  'input-changed': (told) => `its ${changed('input', told)}${itemsIn(told)}`,
  'parameter-changed': (told) => `its ${changed('parameter', told)}${itemsIn(told)}`,
  evicted: (told) => `its value is gone from the cache${itemsIn(told)}`,
  'store-failed': (told) => `the cache cannot be read${itemsIn(told)}`,
  'not-stored': ({ detail }) => `its value cannot be kept: ${detail}`,
  'uncacheable-input': ({ detail }) => `an input cannot be compared: ${detail}`,
  'unknown-code': ({ detail }) => `its code cannot be compared: ${detail}`,
  'loaded-anew': () => 'loaded in every run',
  'passed-on': (told) => `hands on what is checked${itemsIn(told)}`,
  'takes-side': (told) => `takes the side that is chosen${itemsIn(told)}`,
  'awaits-values': (told) => {
    if (told.changed === undefined) return before(told);
    return `${before(told)}; its ${told.changed === 'code-changed' ? 'code changed' : changed('parameter', told)}`;
  },
  'awaits-choice': (told) => `${before(told)}, which decides for ${told.called(told.branch!)}`,
  'not-chosen': ({ called, branch }) => `'${called(branch!)}' takes another side`,
  'no-items': ({ called, each }) =>
    each === undefined ? 'nothing needs it' : `'${called(each)}' has no items`,
};

function changed(what: string, { inputs = [] }: Told): string {
  return `${what}${inputs.length === 1 ? '' : 's'} ${boundedList(inputs)} changed`;
}

function before({ until = [], called }: Told): string {
  const names = new Set(until.map(called));
  return `until ${boundedList(names)} ${names.size === 1 ? 'has' : 'have'} run`;
}

function itemsIn({ items, each, called }: Told): string {
  if (each === undefined) return '';
  if (items === undefined) return `, once for each item of '${called(each)}'`;
  const { all, cached } = items;
  if (cached === 0 || cached === all) return all === 1 ? ', for 1 item' : `, for all ${all} items`;
  return `, for ${all - cached} of ${all} items`;
}
