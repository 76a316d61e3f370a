/**
 * Turns a parsed YAML document into a tree with origins. Duplicate keys, merge keys and aliases are handled
 * here and not by the parser, whose own versions take quadratic time on hostile texts or lose positions.
 */
import { hasCoreTag, type YamlLibrary } from '@flowerpower/yaml';
import type { Document, ParsedNode, Scalar, YAMLMap } from 'yaml';
import type { ConfigProblem } from '../errors/catalogue.js';
import { type ProblemDetails, problemAt } from '../errors/problem-at.js';
import { describePlace, isHidden, type Origin, type Source } from '../source/origin.js';
import type { ConfigNode, MapEntry, MapNode, ValueNode } from '../tree/node.js';
import { isUnsafeInteger } from './core-scalar.js';
import { smallHint, yamlLimits } from './limits.js';

export interface Conversion {
  readonly node: ConfigNode;
  readonly problems: readonly ConfigProblem[];
}

export function convertDocument(yaml: YamlLibrary, document: Document.Parsed, source: Source): Conversion {
  const converter = new Converter(yaml, source);
  return { node: converter.convert(document.contents), problems: converter.problems };
}

class Converter {
  readonly problems: ConfigProblem[] = [];
  readonly #yaml: YamlLibrary;
  readonly #source: Source;
  /** Filled in document order, so an alias finds the latest anchor of its name before it. */
  readonly #anchors = new Map<string, { readonly node: ConfigNode; readonly size: number }>();
  /** Nodes made so far, with those behind aliases counted in full. */
  #size = 0;
  #aliasedNodes = 0;
  #merges = 0;

  constructor(yaml: YamlLibrary, source: Source) {
    this.#yaml = yaml;
    this.#source = source;
  }

  convert(parsed: ParsedNode | null, fallback?: Origin): ConfigNode {
    if (parsed === null) return this.#null(fallback ?? { source: this.#source });
    const origin = this.#at(parsed);
    if (this.#yaml.isAlias(parsed)) return this.#resolve(parsed.source, origin);
    const before = this.#size++;
    if (parsed.tag === secretTag && this.#source.kind === 'file') return this.#secret(parsed, origin);
    if (!hasCoreTag(parsed)) {
      this.#report(origin, {
        code: 'FP_CONFIG_YAML_TAG',
        message: `unknown tag '${parsed.tag}'.`,
        hint: 'Known are !secret and the tags of the YAML 1.2 core schema: !!str, !!int, !!float, !!bool, !!null, !!map, !!seq.',
      });
    }
    const node = this.#content(parsed, origin);
    if (parsed.anchor !== undefined) this.#anchors.set(parsed.anchor, { node, size: this.#size - before });
    return node;
  }

  #content(parsed: ParsedNode, origin: Origin): ConfigNode {
    if (this.#yaml.isMap<ParsedNode, ParsedNode | null>(parsed)) return this.#map(parsed, origin);
    if (this.#yaml.isSeq<ParsedNode>(parsed)) {
      return { kind: 'list', items: parsed.items.map((item) => this.convert(item, origin)), origin };
    }
    return this.#scalar(parsed as Scalar.Parsed, origin);
  }

  #map(parsed: YAMLMap<ParsedNode, ParsedNode | null>, origin: Origin): MapNode {
    if (parsed.items.length > yamlLimits.keysPerMap) {
      this.#refuse(origin, `a map has more than ${yamlLimits.keysPerMap} keys`);
      return { kind: 'map', entries: new Map(), origin };
    }
    const entries = new Map<string, MapEntry>();
    const merged: MapNode[] = [];
    for (const { key, value } of parsed.items) {
      if (isMergeKey(key)) {
        if (value !== null) this.#collectMerges(value, merged);
        continue;
      }
      const keyOrigin = this.#at(key);
      const name = this.#keyText(key, keyOrigin);
      const node = this.convert(value, keyOrigin);
      if (name === undefined) continue;
      const first = entries.get(name);
      if (first) {
        this.#report(keyOrigin, {
          code: 'FP_CONFIG_DUPLICATE_KEY',
          message: `key '${name}' is already given at ${describePlace(first.keyOrigin)}.`,
          hint: 'Keep one of the two.',
          also: [first.keyOrigin],
        });
        continue;
      }
      entries.set(name, { node, keyOrigin });
    }
    // A key written in the map wins over merged ones, and an earlier merged map over a later one.
    for (const map of merged) {
      for (const [name, entry] of map.entries) if (!entries.has(name)) entries.set(name, entry);
    }
    return { kind: 'map', entries, origin };
  }

  #collectMerges(value: ParsedNode, into: MapNode[]): void {
    const node = this.convert(value);
    for (const source of node.kind === 'list' ? node.items : [node]) {
      if (++this.#merges > yamlLimits.merges) {
        if (this.#merges === yamlLimits.merges + 1) {
          this.#refuse(this.#at(value), `the file merges more than ${yamlLimits.merges} maps with '<<'`);
        }
        return;
      }
      if (source.kind === 'map') {
        into.push(source);
        continue;
      }
      this.#report(this.#at(value), {
        code: 'FP_CONFIG_TYPE',
        message: "the merge key '<<' takes a map or a list of maps.",
        hint: "Quote the key ('<<') if it is meant as a name.",
      });
    }
  }

  #keyText(key: ParsedNode, origin: Origin): string | undefined {
    const node = this.convert(key);
    if (node.kind === 'value') {
      if (node.plain !== undefined && node.plain !== '') return node.plain;
      if (typeof node.value === 'string') return node.value;
    }
    this.#report(origin, {
      code: 'FP_CONFIG_TYPE',
      message: 'a key must be text.',
      hint: 'Quote the key; for ${…} in a flow map, quote the whole value.',
    });
    return undefined;
  }

  #scalar(parsed: Scalar.Parsed, origin: Origin): ValueNode {
    const plain = parsed.type === 'PLAIN' && parsed.tag === undefined ? parsed.source : undefined;
    if (typeof parsed.value === 'number' && isUnsafeInteger(parsed.source)) {
      this.#report(origin, {
        code: 'FP_CONFIG_UNSAFE_INTEGER',
        // A number from a variable or of storageOptions may be a secret.
        message: `${origin.source.kind === 'file' && !isHidden(origin) ? parsed.source.slice(0, 40) : 'a whole number'} is beyond 2^53 and would lose digits.`,
        hint: 'Quote it to keep it as text.',
      });
    }
    return { kind: 'value', value: parsed.value, plain, origin };
  }

  /** `!secret NAME` is `${secret:NAME}`. */
  #secret(parsed: ParsedNode, origin: Origin): ConfigNode {
    const name = this.#yaml.isScalar(parsed) ? parsed.source : undefined;
    if (name !== undefined && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      const value = `\${secret:${name}}`;
      return { kind: 'value', value, plain: value, origin };
    }
    this.#report(origin, {
      code: 'FP_CONFIG_YAML_TAG',
      message: '!secret is not followed by a name.',
      hint: 'Write !secret NAME, with the name of the variable that holds the secret.',
    });
    return this.#null(origin);
  }

  #resolve(name: string, origin: Origin): ConfigNode {
    const anchored = this.#anchors.get(name);
    if (!anchored) {
      this.#report(origin, {
        code: 'FP_CONFIG_YAML_SYNTAX',
        message: `alias '*${name}' has no complete anchor '&${name}' before it.`,
      });
      return this.#null(origin);
    }
    this.#size += anchored.size;
    const wasWithin = this.#aliasedNodes <= yamlLimits.aliasedNodes;
    this.#aliasedNodes += anchored.size;
    if (this.#aliasedNodes <= yamlLimits.aliasedNodes) return anchored.node;
    if (wasWithin) this.#refuse(origin, `the aliases stand for more than ${yamlLimits.aliasedNodes} values`);
    return this.#null(origin);
  }

  #null(origin: Origin): ValueNode {
    return { kind: 'value', value: null, plain: '', origin };
  }

  #at(parsed: ParsedNode): Origin {
    return { source: this.#source, offset: parsed.range[0] };
  }

  #refuse(origin: Origin, what: string): void {
    this.#report(origin, {
      code: 'FP_CONFIG_YAML_LIMIT',
      message: `${what}.`,
      hint: smallHint,
    });
  }

  #report(origin: Origin, details: ProblemDetails): void {
    this.problems.push(problemAt(origin, details));
  }
}

const secretTag = '!secret';

function isMergeKey(key: ParsedNode | null): boolean {
  return (
    key !== null && 'value' in key && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined
  );
}
