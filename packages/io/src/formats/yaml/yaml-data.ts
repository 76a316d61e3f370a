/**
 * A YAML document as plain data. Here and not in the library, whose own way loses digits, takes quadratic time for
 * repeated keys, and turns keys that are lists or maps into texts.
 */
import { shorten } from '@flowerpower/core';
import { hasCoreTag, type YamlLibrary } from '@flowerpower/yaml';
import type { Document, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { losesDigits } from '../../numbers/loses-digits.js';
import { keptInteger, type LargeIntegers, largeIntegersHint } from '../../options/large-integers.js';
import { setOwn } from '../../values/set-own.js';

export interface YamlDataFault {
  readonly offset: number;
  /** One sentence, with its full stop. */
  readonly message: string;
  readonly hint?: string | undefined;
}

/** As many faults as one error lists. */
const maxFaults = 20;

/** Values that all aliases together may stand for, aliases inside of aliases counted in full. */
const maxAliased = 1_000_000;

export function yamlData(
  yaml: YamlLibrary,
  document: Document.Parsed,
  largeIntegers: LargeIntegers,
): { readonly value: unknown; readonly faults: readonly YamlDataFault[] } {
  const reader = new DataReader(yaml, largeIntegers);
  const value = reader.valueOf(document.contents);
  return { value, faults: reader.faults.slice(0, maxFaults) };
}

class DataReader {
  readonly faults: YamlDataFault[] = [];
  readonly #yaml: YamlLibrary;
  readonly #largeIntegers: LargeIntegers;
  /** Filled in document order, so an alias finds the latest anchor of its name before it. */
  readonly #anchors = new Map<string, { readonly value: unknown; readonly size: number }>();
  /** Values made so far, with those behind aliases counted in full. */
  #size = 0;
  #aliased = 0;

  constructor(yaml: YamlLibrary, largeIntegers: LargeIntegers) {
    this.#yaml = yaml;
    this.#largeIntegers = largeIntegers;
  }

  /** Recurses as deep as the document nests, which has been bounded. */
  valueOf(node: ParsedNode | null): unknown {
    if (node === null || this.faults.length >= maxFaults) return null;
    const [offset] = node.range;
    if (this.#yaml.isAlias(node)) return this.#aliasOf(node.source, offset);
    const before = this.#size++;
    if (!hasCoreTag(node)) this.#report(offset, `unknown tag '${shorten(node.tag ?? '', 60)}'.`);
    const value = this.#contentOf(node, offset);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { value, size: this.#size - before });
    return value;
  }

  #contentOf(node: ParsedNode, offset: number): unknown {
    if (this.#yaml.isMap<ParsedNode, ParsedNode | null>(node)) return this.#mapOf(node);
    if (this.#yaml.isSeq<ParsedNode>(node)) return node.items.map((item) => this.valueOf(item));
    return this.#scalarOf(node as Scalar.Parsed, offset);
  }

  #mapOf({ items }: YAMLMap<ParsedNode, ParsedNode | null>): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (const { key, value } of items) {
      const name = this.#keyOf(key);
      const given = this.valueOf(value);
      if (name === undefined) continue;
      if (Object.hasOwn(map, name)) {
        const message = `the key '${shorten(name, 60)}' is given twice.`;
        this.#report(key.range[0], message, 'Keep one of the two.');
      } else {
        setOwn(map, name, given);
      }
    }
    return map;
  }

  /** A key is a text; numbers, booleans and null become what JavaScript writes for them. */
  #keyOf(key: ParsedNode): string | undefined {
    if (this.#yaml.isScalar(key) && typeof key.value === 'number' && losesDigits(key.source))
      return key.source;
    const value = this.valueOf(key) as object | string | number | bigint | boolean | null;
    if (value === null) return '';
    if (typeof value !== 'object') return String(value);
    this.#report(key.range[0], 'a list or a map stands as a key.', 'Keys are texts.');
    return undefined;
  }

  #scalarOf({ value, source }: Scalar.Parsed, offset: number): unknown {
    if (typeof value !== 'number' || !losesDigits(source)) return value;
    const kept = keptInteger(source, this.#largeIntegers);
    if (kept !== undefined) return kept;
    this.#report(offset, `${shorten(source, 60)} would lose digits as a number.`, largeIntegersHint);
    return null;
  }

  #aliasOf(name: string, offset: number): unknown {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) {
      this.#report(offset, `the alias *${shorten(name, 60)} has no complete anchor before it.`);
      return null;
    }
    this.#size += anchored.size;
    this.#aliased += anchored.size;
    if (this.#aliased <= maxAliased) return anchored.value;
    const message = `the aliases stand for more than ${maxAliased} values.`;
    this.#report(offset, message, 'Write the values out, or read them as json.');
    return null;
  }

  #report(offset: number, message: string, hint?: string): void {
    this.faults.push({ offset, message, hint });
  }
}
