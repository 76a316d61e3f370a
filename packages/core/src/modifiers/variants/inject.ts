import type { Flatten } from '../../types/flatten.js';
import { type NodeDefinition, withStep } from '../../model/definition.js';
import { bindParameters } from '../../draft/bind-parameters.js';
import type { Bindings, InputsAfter, MisfitsOf, Refuse } from '../../draft/bindings.js';
import { isEveryParameterKnown, reportHiddenMarkers } from '../../draft/known-parameters.js';

/**
 * Binds parameters of the node and keeps its name.
 *
 * Each binding is a `source('node')`, a `value(x)`, a `group(...)`, or any other value as it is. Where the
 * export has become several nodes, every one that has the parameter takes the binding. An unknown parameter
 * does not compile, and is a problem `FP_BAD_MODIFIER` of the build.
 *
 * @example
 * ```ts
 * import { createDriver, inject, node, source } from '@flowerpower/core';
 *
 * const scale = ({ x, factor }: { x: number; factor: number }) => x * factor;
 * const m = { net: node(scale, inject({ x: source('gross'), factor: 0.8 })) };
 * createDriver({ modules: [m] }).executeSync(['net'], { inputs: { gross: 10 } }); // { net: 8 }
 * ```
 */
export function inject<const B extends Bindings>(bindings: B) {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<MisfitsOf<Inputs, B>>,
  ): NodeDefinition<Nodes, Flatten<InputsAfter<Inputs, B>>, C> =>
    withStep(definition, {
      name: 'inject',
      version: bindings,
      apply(nodes, context) {
        if (!isEveryParameterKnown(nodes, bindings, 'inject', context)) return nodes;
        reportHiddenMarkers(nodes, bindings, 'inject', context);
        return nodes.map((node) => bindParameters(node, bindings));
      },
    });
}
