/** What is different now from what an earlier run was made of. */
import type { Graph } from '@flowerpower/core';
import type { Fingerprints, RunHeader } from '../../store/run-header.js';

export interface Now extends Pick<RunHeader, 'configuration' | 'inputs' | 'overrides'> {
  readonly versions: ReadonlyMap<string, string>;
  /** Why the data of nodes that load is another one. */
  readonly data: ReadonlyMap<string, string>;
}

/** Names whose values differ: other ones, new ones, and those that are gone. What has no fingerprint cannot be compared. */
export function differing(before: Fingerprints, now: Fingerprints): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter(
    (name) => before[name] === null || now[name] === null || before[name] !== now[name],
  );
}

/**
 * Why each node is not what it was, by name: it changed, or something above it did. A node that is absent is what it
 * was. Nodes that take a value from the caller are what that value is.
 */
export function changedNodes({ nodes }: Graph, before: RunHeader, now: Now): ReadonlyMap<string, string> {
  const inputs = new Set(differing(before.inputs, now.inputs));
  const given = new Set(differing(before.overrides, now.overrides));
  const configured = new Set(differing(before.configuration, now.configuration));
  const reasons = new Map<string, string>();
  for (const { name, kind, dependencies } of nodes.values()) {
    const own = ((): string | undefined => {
      if (given.has(name)) return `another value is given for '${name}'`;
      if (Object.hasOwn(now.overrides, name)) return undefined;
      if (kind === 'input') return inputs.has(name) ? `the input '${name}' changed` : undefined;
      if (kind === 'config') return configured.has(`config.${name}`) ? `config.${name} changed` : undefined;
      const entry = entryOf(name, configured);
      if (entry !== undefined) return `${entry} changed`;
      const version = before.nodeVersions[name];
      if (version === undefined) return `'${name}' is new`;
      if (version !== now.versions.get(name)) return `the code of '${name}' changed`;
      const data = now.data.get(name);
      if (data !== undefined) return data;
      const above = dependencies.find(({ node }) => reasons.has(node));
      return above && reasons.get(above.node);
    })();
    if (own !== undefined) reasons.set(name, own);
  }
  return reasons;
}

/** The same for nodes that load anew what may be other data, and what is below them. */
export function withReadAgain(
  { nodes }: Graph,
  changed: ReadonlyMap<string, string>,
  again: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const reasons = new Map(again);
  for (const { name, dependencies } of nodes.values()) {
    const above = dependencies.find(({ node }) => reasons.has(node));
    if (above !== undefined && !reasons.has(name)) reasons.set(name, reasons.get(above.node)!);
  }
  return new Map([...reasons, ...changed]);
}

/** The entry of the configuration that makes a node what it is. */
function entryOf(name: string, configured: ReadonlySet<string>): string | undefined {
  const at = [
    `params.${name}`,
    `io.load.${name}`,
    `io.load.${name.replace(/\.loader$/, '')}`,
    `io.save.${name.replace(/^save\./, '')}`,
  ];
  const [params, load, loader, save] = at.map((path) => configured.has(path));
  if (params) return at[0];
  if (load) return at[1];
  if (loader && name.endsWith('.loader')) return at[2];
  return save && name.startsWith('save.') ? at[3] : undefined;
}
