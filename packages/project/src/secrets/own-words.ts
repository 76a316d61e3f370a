/**
 * Words that stand in messages whatever a project is given. A text that is one of them is not masked: its place in a
 * sentence that everybody knows would tell what it is, and the sentence would be lost.
 */
import { configErrors } from '@flowerpower/config';
import { coreErrors } from '@flowerpower/core';
import { fsErrors } from '@flowerpower/fs';
import { moduleErrors } from '@flowerpower/modules';
import { pluginErrors } from '@flowerpower/plugin';
import { defaultRunConfig, runtimeErrors } from '@flowerpower/runtime';
import { checkErrors } from '../check/catalogue.js';
import { projectErrors } from '../errors/catalogue.js';
import { layoutOf } from '../layout/project-layout.js';

/** Of types, and of values as messages describe them. */
const ofTypes = `string number boolean bigint symbol object undefined function unknown never readonly Array Record Promise
  Iterable AsyncIterable Iterator Generator AsyncGenerator ReadableStream Uint8Array Buffer Date RegExp Error TypeError
  RangeError AbortError anonymous`;

/** Of configuration, logs and results. */
const ofRuns = `params inputs outputs overrides allowOutside storageOptions schema executor local synchronous threadpool
  processpool DEBUG INFO WARNING ERROR CRITICAL success failure failed skipped cached cancellation not-chosen unfinished
  continue loader saver recompute parallelizable FlowerPower flowerpower running finished pipelines configuration`;

const catalogues = [
  configErrors,
  coreErrors,
  fsErrors,
  moduleErrors,
  pluginErrors,
  runtimeErrors,
  checkErrors,
  projectErrors,
];

const ownWords = new Set(
  [
    ofTypes,
    ofRuns,
    ...catalogues.flatMap((catalogue) => Object.entries<string>(catalogue).flat()),
    ...[defaultRunConfig, defaultRunConfig.retry].flatMap((each) => Object.keys(each)),
    ...Object.values(layoutOf({})).flatMap((each) => (typeof each === 'string' ? [each] : [])),
  ].flatMap((text) => text.split(/[^\w-]+/)),
);

export function isOwnWord(text: string): boolean {
  return ownWords.has(text);
}
