/** Fills `{param}` and `{outputName}` in the description of a parameterized node. */
import type { NodeDraft } from '../../model/definition.js';
import type { Bindings } from '../../draft/bindings.js';
import { isGroup } from '../../draft/group.js';
import { isSource } from '../../draft/source.js';
import { isValue } from '../../draft/value.js';

/** A parameter that is bound to nothing is the node that gives it. Braces around anything else stay as they are. */
export function describeOutput(
  { doc, parameters, bound }: Pick<NodeDraft, 'doc' | 'parameters' | 'bound'>,
  outputName: string,
  bindings: Bindings,
): string | undefined {
  return doc?.replace(/\{([^{}\s]+)\}/g, (text, name: string) => {
    if (Object.hasOwn(bindings, name)) return describeBinding(bindings[name]);
    if (Object.hasOwn(bound, name)) return describeBinding(bound[name]);
    const edge = parameters.find(({ parameter }) => parameter === name);
    return edge?.node ?? (name === 'outputName' ? outputName : text);
  });
}

function describeBinding(binding: unknown): string {
  if (isSource(binding)) return binding.node;
  if (isValue(binding)) return describeBinding(binding.value);
  if (isGroup(binding)) {
    const { members } = binding;
    if (Array.isArray(members)) return members.map(describeBinding).join(', ');
    return Object.entries(members)
      .map(([key, member]) => `${key}: ${describeBinding(member)}`)
      .join(', ');
  }
  if (typeof binding !== 'object' || binding === null) return String(binding);
  return Array.isArray(binding) ? binding.map(describeBinding).join(', ') : asJson(binding);
}

/** Circular objects and big integers have no JSON; a description must not fail for them. */
function asJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
