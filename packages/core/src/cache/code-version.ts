/**
 * The version of a node's code as the cache compares it: what `versions()` covers, and the bound values and what
 * modifiers were given by their fingerprints.
 */
import type { NodeDraft } from '../model/definition.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import { contentHash } from '../inspect/content-hash.js';
import type { Versioning } from '../inspect/node-versions.js';
import { normaliseSource } from '../inspect/normalise-source.js';
import { callsOf } from '../model/decides.js';
import { isNative } from './describe-class.js';
import { fingerprint } from './fingerprint.js';

export type CodeVersion =
  | { readonly hash: string }
  /** Why the code cannot be known. */
  | { readonly uncacheable: string };

export interface CodeFacts {
  readonly validated: ValidatedGraph;
  readonly versioning: Versioning;
}

/** Of a node by its name. Computed once for each, when it is asked for. */
export function createCodeVersions({
  validated: { entries, index },
  versioning,
}: CodeFacts): (name: string) => CodeVersion {
  const made = new Map<string, CodeVersion>();
  return (name) => {
    let version = made.get(name);
    if (version === undefined) {
      const draft = entries[index.get(name)!]?.draft;
      version =
        draft === undefined
          ? { uncacheable: 'it has no function' }
          : versionOfCode(draft, versioning.of(name));
      made.set(name, version);
    }
    return version;
  };
}

function versionOfCode({ fn, bound }: NodeDraft, described: string): CodeVersion {
  const calls = callsOf(fn);
  const texts = calls.map((call) => Function.prototype.toString.call(call.fn));
  if (texts.some(isNative)) {
    return { uncacheable: 'its function is native or bound, so its text is unknown' };
  }
  const values = fingerprint({ ...bound });
  if ('uncacheable' in values) return { uncacheable: `of its bound values ${values.uncacheable}` };
  const hashes = [described, values.hash];
  const [, ...called] = texts;
  if (called.length > 0) hashes.push(contentHash(called.map(normaliseSource).join('\0')));
  for (const { given } of calls) {
    if (given === undefined) continue;
    const version = fingerprint(given);
    if ('uncacheable' in version)
      return { uncacheable: `of what a modifier was given ${version.uncacheable}` };
    hashes.push(version.hash);
  }
  return { hash: hashes.join('-') };
}
