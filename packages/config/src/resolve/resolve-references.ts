/**
 * References from key to key, `${run.inputs.day}`: they mean what all layers together say, so they are read when the
 * layers are merged. A text that is one such reference, without quotes, takes the value with its type, also a list or a map.
 */
import { didYouMean, messageOf } from '@flowerpower/core';
import {
  type Found,
  type InterpolationFault,
  interpolate,
  type ReferenceText,
} from '../interpolation/interpolate.js';
import { pathText, type ReadContext, report } from '../read/context.js';
import { readNode } from '../read/read-node.js';
import { placeText } from '../read/resolve-text.js';
import type { ObjectShape } from '../schema/shape.js';
import {
  asMap,
  type ConfigNode,
  isMissing,
  isNull,
  isOpen,
  type MapEntry,
  type MapNode,
  type ValueNode,
} from '../tree/node.js';
import { smallHint, yamlLimits } from '../yaml/limits.js';
import { canonicalPath } from './canonical-path.js';
import { environmentValues } from './environment-values.js';
import { valueAt } from './explain.js';

type OpenNode = ValueNode & { value: string; open: NonNullable<ValueNode['open']> };

export interface ReferenceRequest {
  readonly shape: ObjectShape;
  /** The configuration without any layer. */
  readonly defaults: unknown;
  readonly context: ReadContext;
}

/** A merged tree without references to keys; what cannot be resolved is reported and left out. */
export function resolveReferences(merged: MapNode, request: ReferenceRequest): MapNode {
  return hasOpen(merged) ? new Resolver(merged, request).map(merged) : merged;
}

function hasOpen(node: ConfigNode): boolean {
  if (node.kind === 'map') return [...node.entries.values()].some((entry) => hasOpen(entry.node));
  return node.kind === 'list' ? node.items.some(hasOpen) : isOpen(node);
}

class Resolver {
  readonly #merged: MapNode;
  readonly #request: ReferenceRequest;
  readonly #resolved = new Map<ConfigNode, ConfigNode | undefined>();
  /** Texts that are being resolved, each for the one before it. */
  readonly #underway: OpenNode[] = [];
  /** What a node stands for, with all that references gave. */
  readonly #sizes = new Map<ConfigNode, number>();
  #copied = 0;
  #isTooLarge = false;

  constructor(merged: MapNode, request: ReferenceRequest) {
    this.#merged = merged;
    this.#request = request;
  }

  map(node: MapNode): MapNode {
    const entries = new Map<string, MapEntry>();
    for (const [key, entry] of node.entries) {
      const read = this.#node(entry.node);
      if (read !== undefined) entries.set(key, { ...entry, node: read });
    }
    return { ...node, entries };
  }

  #node(node: ConfigNode): ConfigNode | undefined {
    if (this.#resolved.has(node)) return this.#resolved.get(node);
    const read = this.#read(node);
    this.#resolved.set(node, read);
    // What is resolved is so for good.
    if (read !== undefined) this.#resolved.set(read, read);
    return read;
  }

  #read(node: ConfigNode): ConfigNode | undefined {
    if (node.kind === 'map') return this.map(node);
    if (node.kind === 'list') {
      const items = node.items.map((item) => this.#node(item)).filter((item) => item !== undefined);
      return { ...node, items };
    }
    return isOpen(node) ? this.#text(node) : node;
  }

  #text(node: OpenNode): ConfigNode | undefined {
    const { open, ...closed } = node;
    const { shape, path } = open;
    const { context } = this.#request;
    if (this.#underway.includes(node)) {
      this.#reportCycle(node);
      return undefined;
    }
    this.#underway.push(node);
    const whole = node.plain === undefined ? undefined : wholeKey(node.value);
    const found = whole === undefined ? undefined : this.#find(whole);
    if (found !== undefined && !('fault' in found) && found.kind !== 'absent' && !isMissing(found)) {
      this.#underway.pop();
      if (!this.#fits(this.#sizeOf(found), node)) return undefined;
      // Of its values every warning was given.
      return readNode(at(found, node), shape, path, { ...context, warnings: [] });
    }
    const { environment, file } = context;
    const given = interpolate(node.value, { environment, file, key: (key) => this.#textOf(key) });
    this.#underway.pop();
    // What it refers to was reported.
    if (given.faults.includes(wasReported.fault)) return undefined;
    const placed = placeText(closed, given, shape, path, context);
    return placed && readNode(placed, shape, path, context);
  }

  /** A value as a text, for a text that it is a part of. */
  #textOf(key: string): Found | undefined {
    const found = this.#find(key);
    if ('fault' in found) return found;
    if (found.kind === 'absent') return found.near === undefined ? undefined : { near: found.near };
    if (isMissing(found)) {
      const message = `'${key}' refers to a variable that is not set.`;
      return { fault: { code: 'FP_CONFIG_VARIABLE_UNSET', message } };
    }
    if (isNull(found)) return undefined;
    const value = found.kind === 'value' ? found.value : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      const text = String(value);
      return this.#fits(text.length / charactersOfNode, this.#underway.at(-1)!)
        ? { text, texts: found.kind === 'value' ? textsOf(found) : undefined }
        : wasReported;
    }
    return {
      fault: {
        code: 'FP_CONFIG_REFERENCE',
        message: `'${key}' is ${found.kind === 'value' ? 'an object' : `a ${found.kind}`}, which cannot be part of a text.`,
        hint: `Only a value that is the reference and nothing else, without quotes, can be one: name: \${${key}}`,
      },
    };
  }

  /** What stands at a key, without references, or the default of that key. */
  #find(key: string): ConfigNode | Absent | { readonly fault: InterpolationFault } {
    const { shape, defaults } = this.#request;
    let keys: readonly string[];
    try {
      keys = canonicalPath(key, shape);
    } catch (error) {
      return { fault: { code: 'FP_CONFIG_REFERENCE', message: messageOf(error), hint: undefined } };
    }
    let node: ConfigNode | undefined = this.#merged;
    for (const [index, name] of keys.entries()) {
      const map: MapNode | undefined = asMap(node);
      const next: ConfigNode | undefined = map?.entries.get(name)?.node;
      if (next === undefined) {
        const value = valueAt(defaults, keys);
        if (value !== undefined) return { kind: 'value', value, origin: this.#merged.origin };
        const known = map === undefined ? [] : [...map.entries.keys()];
        const near = didYouMean(name, known);
        return { kind: 'absent', near: near && `${near} (of ${keys.slice(0, index).join('.')})` };
      }
      // A map on the way is looked into as it stands: it may hold the text that asks.
      const step: ConfigNode | undefined =
        isOpen(next) || index === keys.length - 1 ? this.#node(next) : next;
      if (step === undefined) return wasReported;
      node = step;
    }
    return node;
  }

  #reportCycle(node: OpenNode): void {
    const circle = this.#underway.slice(this.#underway.indexOf(node));
    const names = [...circle, node].map(({ open }) => pathText(open.path));
    report(this.#request.context, node.origin, {
      code: 'FP_CONFIG_REFERENCE_CYCLE',
      message: `${names.join(' → ')}: the values refer to each other in a circle.`,
      hint: 'Give one of them a value.',
      also: circle.slice(1).map(({ origin }) => origin),
    });
  }

  #sizeOf(node: ConfigNode): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    let size = 1;
    if (node.kind === 'map') for (const entry of node.entries.values()) size += this.#sizeOf(entry.node);
    if (node.kind === 'list') for (const item of node.items) size += this.#sizeOf(item);
    this.#sizes.set(node, size);
    return size;
  }

  /** References to references double with each step. */
  #fits(size: number, { origin }: OpenNode): boolean {
    this.#copied += size;
    if (this.#copied <= yamlLimits.aliasedNodes) return true;
    if (!this.#isTooLarge) {
      report(this.#request.context, origin, {
        code: 'FP_CONFIG_YAML_LIMIT',
        message: `the references stand for more than ${yamlLimits.aliasedNodes} values.`,
        hint: smallHint,
      });
    }
    this.#isTooLarge = true;
    return false;
  }
}

/** A text of so many characters counts as one value. */
const charactersOfNode = 64;

/** Stands for what could not be resolved, which has been told. */
const wasReported: { readonly fault: InterpolationFault } = {
  fault: { code: 'FP_CONFIG_REFERENCE_CYCLE', message: '' },
};

interface Absent {
  readonly kind: 'absent';
  readonly near: string | undefined;
}

function wholeKey(text: string): string | undefined {
  return /^\$\{ *([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+) *\}$/.exec(text)?.[1];
}

/** The value, at the place of the text that refers to it. */
function at(found: ConfigNode, { origin }: OpenNode): ConfigNode {
  if (found.kind !== 'value') return { ...found, origin };
  const { plain: _plain, ...value } = found;
  const texts = textsOf(found);
  return {
    ...value,
    origin,
    ...(texts !== undefined && { isExternal: true, written: { shown: shownOf(found), texts } }),
  };
}

/** What a value was made of that comes from the environment. */
function textsOf(node: ValueNode): readonly ReferenceText[] | undefined {
  return environmentValues(node)[0]?.texts;
}

function shownOf(node: ValueNode): string {
  return environmentValues(node)[0]!.shown;
}
