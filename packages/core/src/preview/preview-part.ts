import type { Blame } from '../cache/blame.js';
import { cacheCalls } from '../cache/cache-calls.js';
import { createCacheKeys } from '../cache/cache-keys.js';
import { createCodeVersions } from '../cache/code-version.js';
import { LastKeys, type LastKey } from '../cache/explain.js';
import type { CacheOptions } from '../cache/resolve-behaviors.js';
import type { Part } from '../engine/part.js';
import { versioningOf } from '../inspect/node-versions.js';
import type { GraphNode } from '../model/graph.js';
import type { BranchEngine } from '../run/branches.js';
import { ContextReads } from '../run/context-reads.js';
import type { PreviewTallies } from './node-preview.js';
import { createPreviewSession, type PreviewedCache } from './preview-session.js';
import { withholdCalls } from './withhold-calls.js';
import { WithheldChoices } from './withheld-choices.js';

/** What a run of a previewing engine is given. */
export interface PreviewRun {
  readonly tallies: PreviewTallies;
  readonly computes: (node: GraphNode) => boolean;
}

export interface PreviewPartOptions {
  readonly cache: CacheOptions | undefined;
  readonly lastKeys: Readonly<Record<string, LastKey>> | undefined;
  readonly cacheIsEmpty: boolean | undefined;
  /** Those of the engine. */
  readonly branches: BranchEngine;
}

/** Makes of an engine one that computes nothing: its runs find out what those of another engine would do. */
export function previewPart(options: PreviewPartOptions): Part<object, { readonly preview: PreviewRun }> {
  const { cache, lastKeys, cacheIsEmpty = false, branches } = options;
  return {
    branches: {
      ...branches,
      begin(frame, ...rest) {
        frame.replaced = new WithheldChoices(frame);
        return branches.begin(frame, ...rest);
      },
    },
    attach({ validated }) {
      const codeVersionOf = createCodeVersions({ validated, versioning: versioningOf(validated) });
      const facts = { nodes: validated.graph.nodes, codeVersionOf };
      const previewed: PreviewedCache | undefined = cache && {
        keys: createCacheKeys(cache, facts),
        store: cache.store,
        lastKeys: new LastKeys(lastKeys),
        isEmpty: cacheIsEmpty,
      };
      return {
        join({ resources }, { preview: { tallies, computes } }) {
          const session = createPreviewSession({ cache: previewed, resources, tallies, computes });
          return {
            around: (call) =>
              cacheCalls(withholdCalls(call, { tallies, computes }), session, new ContextReads(), nobody),
          };
        },
      };
    },
  };
}

/** What is refused in a preview stays where it is. */
const nobody: Blame = { canBlame: () => false, blamedBy: () => [], isBlamed: () => false };
