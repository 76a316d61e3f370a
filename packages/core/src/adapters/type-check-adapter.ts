import { nameList } from '../errors/name-list.js';
import {
  describeIssues,
  isStandardSchema,
  type SchemaResult,
  type StandardSchema,
} from '../model/standard-schema.js';
import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { didYouMean } from '../errors/suggest.js';
import type { GraphNode } from '../model/graph.js';
import { isThenable } from '../model/is-thenable.js';
import type { Adapter } from './adapter.js';
import { aRecord, required } from '../errors/option-rules.js';
import { adapterOptionError, requireAdapterOptions } from './adapter-option-error.js';

export interface TypeCheckAdapterOptions {
  /** By node: what its value must be. A schema of zod, valibot, arktype or any other Standard Schema. */
  readonly schemas: Readonly<Record<string, StandardSchema>>;
}

/**
 * An adapter that checks the values of nodes against schemas at run time, where TypeScript's types are gone.
 *
 * A value that does not fit fails its node with `FP_WRONG_TYPE`. A value that fits is passed on as it is; what
 * the schema would make of it (defaults, transformations) is not used. A node that fails keeps its own error and
 * is not checked. A schema that validates asynchronously makes its node asynchronous. Only what nodes give is
 * checked: inputs, overrides and config values are not.
 *
 * A schema for a node that the graph does not have is reported at the start of each run, as a warning of the
 * adapter with `FP_UNKNOWN_NODE`.
 *
 * @throws FlowerPowerError `FP_BAD_ADAPTER_OPTION` naming whatever is not a Standard Schema.
 *
 * @example
 * ```ts
 * import { createDriver, type StandardSchema, typeCheckAdapter } from '@flowerpower/core';
 *
 * const text: StandardSchema = {
 *   '~standard': {
 *     version: 1,
 *     vendor: 'example',
 *     validate: (value) => (typeof value === 'string' ? { value } : { issues: [{ message: 'is not a text' }] }),
 *   },
 * };
 * const m = { name: () => JSON.parse('7') as string };
 * const driver = createDriver({ modules: [m], adapters: [typeCheckAdapter({ schemas: { name: text } })] });
 * driver.executeSync(['name']); // throws: The node 'name' failed: The value of 'name' has the wrong type: is not a text.
 * ```
 */
export function typeCheckAdapter(options: TypeCheckAdapterOptions): Adapter {
  requireAdapterOptions('typeCheckAdapter', options, { schemas: required(aRecord) });
  const schemas = new Map(Object.entries(options.schemas));
  const wrong = [...schemas].filter(([, schema]) => !isStandardSchema(schema)).map(([name]) => name);
  if (wrong.length > 0) {
    throw adapterOptionError(
      'typeCheckAdapter',
      `what is given for ${nameList(wrong)} is not a Standard Schema.`,
      'Give a schema of zod 3.24 or newer, valibot, arktype, or an object with `~standard` of version 1.',
    );
  }
  return {
    name: 'typeCheck',
    onRunStart({ graph }) {
      const unknown = [...schemas.keys()].filter((name) => !graph.nodes.has(name));
      if (unknown.length > 0) throw unknownNodes(unknown, graph.nodes.keys());
    },
    aroundNode({ node }, next) {
      const value = next();
      const schema = schemas.get(node.name);
      if (schema === undefined) return value;
      return isThenable(value)
        ? value.then((settled) => check(node, schema, settled))
        : check(node, schema, value);
    },
  };
}

function check(node: GraphNode, schema: StandardSchema, value: unknown): unknown {
  const result = schema['~standard'].validate(value);
  const judge = ({ issues }: SchemaResult) => {
    if (issues !== undefined) throw wrongType(node, describeIssues(issues));
    return value;
  };
  return isThenable(result) ? (result as PromiseLike<SchemaResult>).then(judge) : judge(result);
}

function wrongType({ name, place }: GraphNode, reason: string): FlowerPowerError {
  const code: CoreErrorCode = 'FP_WRONG_TYPE';
  return new FlowerPowerError({
    code,
    message: `The value of '${name}' has the wrong type: ${reason}.`,
    hint: 'Correct the node or its schema.',
    places: place ? [place] : [],
  });
}

function unknownNodes(names: readonly string[], known: Iterable<string>): FlowerPowerError {
  const code: CoreErrorCode = 'FP_UNKNOWN_NODE';
  return new FlowerPowerError({
    code,
    message: `typeCheckAdapter has schemas for nodes that do not exist: ${nameList(names)}.`,
    hint: didYouMean(names[0]!, known),
  });
}
