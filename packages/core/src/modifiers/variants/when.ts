/**
 * Variants: nodes that exist only for some configurations. `spend__uk` under a `when…` modifier becomes the
 * node `spend`; without such a modifier it is a node literally named `spend__uk`.
 */
import { leaveOut } from './leave-out.js';
import { ownProperty } from '../../model/own-property.js';
import { type ModifierStep, type NodeDefinition, withStep } from '../../model/definition.js';
import { checkedStep, entryProblems } from '../../draft/checked-step.js';
import type { OptionRule } from '../../errors/option-rules.js';
import { withoutVariant } from '../../draft/rename-nodes.js';

/** A value that a configuration key can be compared with. `null` also matches a key that is absent. */
export type ConfigValue = string | number | boolean | null;

type Conditional = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C>,
) => NodeDefinition<Nodes, Inputs, true>;

/**
 * Keeps the node only when every key of `config` has the given value.
 *
 * Values are compared strictly (`1` is not `'1'`); an absent key equals `null`. Several `when…` modifiers on
 * one node must all hold. A node that is left out is as if it had not been written: what needs it needs an input.
 * Conditions of another kind are problems `FP_BAD_MODIFIER` of the build.
 *
 * @example
 * ```ts
 * import { createDriver, node, when } from '@flowerpower/core';
 *
 * const m = {
 *   rate__uk: node(() => 0.2, when({ country: 'uk' })),
 *   rate__de: node(() => 0.19, when({ country: 'de' })),
 * };
 * createDriver({ modules: [m], config: { country: 'de' } }).executeSync(['rate']); // { rate: 0.19 }
 * ```
 */
export function when(conditions: Readonly<Record<string, ConfigValue>>): Conditional {
  return conditional('when', conditions, aValue, (actual, expected) => actual === expected);
}

/** Keeps the node only when no key of `config` has the given value. Otherwise as {@link when}. */
export function whenNot(conditions: Readonly<Record<string, ConfigValue>>): Conditional {
  return conditional('whenNot', conditions, aValue, (actual, expected) => actual !== expected);
}

/** Keeps the node only when every key of `config` has one of the given values. Otherwise as {@link when}. */
export function whenIn(conditions: Readonly<Record<string, readonly ConfigValue[]>>): Conditional {
  return conditional('whenIn', conditions, aValueList, (actual, expected) =>
    expected.includes(actual as ConfigValue),
  );
}

/** Keeps the node only when no key of `config` has one of the given values. Otherwise as {@link when}. */
export function whenNotIn(conditions: Readonly<Record<string, readonly ConfigValue[]>>): Conditional {
  return conditional(
    'whenNotIn',
    conditions,
    aValueList,
    (actual, expected) => !expected.includes(actual as ConfigValue),
  );
}

function conditional<Expected>(
  name: string,
  conditions: Readonly<Record<string, Expected>>,
  rule: OptionRule,
  holds: (actual: unknown, expected: Expected) => boolean,
): Conditional {
  const checked = checkedStep(() => entryProblems('The conditions', rule, conditions), {
    name,
    apply(nodes, context) {
      const kept = Object.entries(conditions).every(([key, expected]) =>
        holds(ownProperty(context.config, key) ?? null, expected),
      );
      const named = withoutVariant(nodes);
      if (kept) return named;
      for (const node of named) leaveOut(context, node.name, describe(name, conditions));
      return [];
    },
  });
  const step: ModifierStep = {
    ...checked,
    apply(nodes, context) {
      // Also by conditions that cannot be used: the key itself is right.
      for (const key of Object.keys(conditions ?? {})) context.useConfig(key);
      return checked.apply(nodes, context);
    },
  };
  return (definition) => withStep(definition, step);
}

const aValue: OptionRule = {
  fits: isConfigValue,
  expected: 'a text, a number, a boolean or null',
  hint: "Write when({ country: 'uk' }).",
};

const aValueList: OptionRule = {
  fits: (value) => Array.isArray(value) && value.every(isConfigValue),
  expected: 'a list of texts, numbers, booleans or null',
  hint: "Write whenIn({ country: ['uk', 'ie'] }).",
};

function isConfigValue(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function describe(name: string, conditions: Readonly<Record<string, unknown>>): string {
  return `${name}(${JSON.stringify(conditions)})`;
}
