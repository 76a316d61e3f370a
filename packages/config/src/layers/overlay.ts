import { reportType } from '../read/check.js';
import { reportUnknownKey } from '../read/key-problems.js';
import type { ReadContext } from '../read/context.js';
import {
  type KeyMeaning,
  type ObjectShape,
  pipelineShape,
  projectShape,
  type Shape,
} from '../schema/shape.js';
import { asMap, type ConfigNode, isNull, type MapEntry, type MapNode } from '../tree/node.js';

/** The parts of `conf/env/<env>.yml`, not yet read against a schema. */
export interface Overlay {
  readonly project?: ConfigNode | undefined;
  /** For every pipeline. */
  readonly pipeline?: ConfigNode | undefined;
  /** By pipeline name; more specific than `pipeline`. */
  readonly pipelines: ReadonlyMap<string, MapEntry>;
}

const own = (key: string): [string, KeyMeaning] => [key, { kind: 'own', key }];
const keys = new Map(['project', 'pipeline', 'pipelines'].map(own));

const overlayShape: ObjectShape = {
  kind: 'object',
  keys,
  looseKeys: keys,
  children: new Map<string, Shape>([
    ['project', projectShape],
    ['pipeline', pipelineShape],
    ['pipelines', { kind: 'entries', value: pipelineShape }],
  ]),
  isOpen: false,
};

export function splitOverlay(map: MapNode, context: ReadContext): Overlay {
  for (const [key, { keyOrigin }] of map.entries) {
    if (!keys.has(key)) reportUnknownKey(key, keyOrigin, overlayShape, 'exact', [], context);
  }
  const pipelines = map.entries.get('pipelines')?.node;
  let byName: ReadonlyMap<string, MapEntry> = new Map();
  if (pipelines && !isNull(pipelines)) {
    const names = asMap(pipelines);
    if (names) byName = names.entries;
    else reportType(pipelines, 'a map', ['pipelines'], context);
  }
  return {
    project: map.entries.get('project')?.node,
    pipeline: map.entries.get('pipeline')?.node,
    pipelines: byName,
  };
}
