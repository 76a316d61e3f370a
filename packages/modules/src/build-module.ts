/**
 * The cold path: walks and transforms a module's graph, writes what Node will import, and describes it in a manifest.
 * It loads the parser and the transformer.
 */
import { basename, extname, join, relative, sep } from 'node:path';
import { errorFromProblems } from '@flowerpower/core';
import { writeAtomically } from './cache/atomic-file.js';
import { cacheVersion } from './cache/cache-version.js';
import { type Manifest, manifestPath, type OutputFile, type StampedFile } from './cache/manifest.js';
import { ifTheDiskLets } from './cache/if-the-disk-lets.js';
import { pruneCache } from './cache/prune.js';
import { UnwritableCache } from './cache/store-in-first.js';
import type { ModuleProblem } from './errors/catalogue.js';
import { statPath } from './files/file-stamp.js';
import { ResolutionTrace } from './files/resolution-trace.js';
import { readSourceText, sha256, type SourceText } from './files/source-text.js';
import {
  buildModuleGraph,
  type ModuleGraph,
  type ModuleNode,
  type TransformMemo,
} from './graph/module-graph.js';
import { outputHashes } from './graph/output-hashes.js';
import { createPackageVersions, type PackageVersions } from './resolve/package-version.js';
import { createProjectOptionsReader } from './resolve/project-options.js';
import { createResolver } from './resolve/resolver.js';
import { collectNodes, type FactsFile } from './source/collect-nodes.js';
import { emitModule } from './transform/emit-module.js';
import { loadToolchain } from './toolchain.js';
import { exportVersions } from './versions/export-versions.js';
import type { OutlinedFile } from './versions/name-resolver.js';

export interface BuildOptions {
  readonly projectRoot: string;
  /** Exists and can be written. */
  readonly cacheDirectory: string;
  readonly conditions: ReadonlySet<string>;
  readonly memo: TransformMemo;
  readonly nameOf: (file: string) => string;
}

/**
 * Builds a module. Raises the problems of the whole closure in one error: `FP_MODULE_SYNTAX`,
 * `FP_MODULE_UNRESOLVED_IMPORT` and their like alone, `FP_MODULE_INVALID` for several; `UnwritableCache`.
 */
export async function buildModule(root: string, options: BuildOptions): Promise<Manifest> {
  const { projectRoot, cacheDirectory, conditions, memo, nameOf: called } = options;
  const tools = await loadToolchain();
  const readAtMs = Date.now();
  const trace = new ResolutionTrace();
  const projectOptions = createProjectOptionsReader(trace, tools);
  const resolve = createResolver({ cacheDirectory, conditions, projectOptions, trace });
  const problems: ModuleProblem[] = [];
  const graph = buildModuleGraph(root, { resolve, projectOptions, memo, tools }, problems);
  if (problems.length > 0) {
    throw errorFromProblems(problems, {
      code: 'FP_MODULE_INVALID' satisfies ModuleProblem['code'],
      title: `${root} cannot be loaded`,
    });
  }
  // Before the trace is read: versions of packages are asked for when something reaches them.
  const versions = exportVersions(root, outlinesOf(graph, createPackageVersions({ conditions, trace })));
  const outputs = writeOutputs(graph.nodes, cacheDirectory, called);
  const sources = [...graph.nodes.values()].map(({ source }) => ({
    ...stamped(source),
    output: outputs.get(source.path)!,
  }));
  const manifest: Manifest = {
    version: cacheVersion,
    conditions: [...conditions],
    readAtMs,
    sources,
    inputs: [...trace.inputs].map((path) => stamped(readSourceText(path))),
    absent: [...trace.absent],
    links: [...trace.links],
    missingPackages: graph.missingPackages,
    hash: closureHash(projectRoot, sources),
    nodes: collectNodes(factsOf(root, graph)),
    versions,
  };
  store(manifestPath(cacheDirectory, projectRoot, root), JSON.stringify(manifest));
  ifTheDiskLets(() => pruneCache(cacheDirectory, readAtMs));
  return manifest;
}

function writeOutputs(
  nodes: ReadonlyMap<string, ModuleNode>,
  cacheDirectory: string,
  called: (file: string) => string,
): Map<string, OutputFile> {
  const hashes = outputHashes(nodes, called);
  const nameOf = (file: string): string => {
    const stem = basename(file, extname(file))
      .replace(/[^\w.-]/g, '_')
      .slice(0, 60);
    return `${stem}.${hashes.get(file)!.slice(0, 24)}.mjs`;
  };
  const outputs = new Map<string, OutputFile>();
  for (const [file, { module, requests }] of nodes) {
    const redirects = requests.map(({ span, rest, dynamic, target }) => {
      if (target.kind === 'external') {
        return { span, text: JSON.stringify(target.specifier) };
      }
      const text = JSON.stringify(`./${nameOf(target.file)}`);
      // JSON becomes a module of JavaScript, which an import attribute would contradict.
      return extname(target.file) === '.json'
        ? { span: { start: span.start, end: rest.end }, text: dynamic ? text : `${text};` }
        : { span, text };
    });
    const name = nameOf(file);
    const path = join(cacheDirectory, name);
    store(path, emitModule({ file, name: called(file) }, module, redirects));
    const { size, mtimeMs } = statPath(path)!;
    outputs.set(file, { name, size, mtimeMs });
  }
  return outputs;
}

function store(path: string, content: string): void {
  try {
    writeAtomically(path, content);
  } catch (cause) {
    throw new UnwritableCache('A transformed module cannot be stored.', { cause });
  }
}

function stamped({ path, stamp, hash }: SourceText): StampedFile {
  return { path, ...stamp, hash };
}

/** Paths count relative to the project, so that the hash is the same on every machine. */
function closureHash(projectRoot: string, sources: readonly StampedFile[]): string {
  const entries = sources.map(({ path, hash }) => [relative(projectRoot, path).split(sep).join('/'), hash]);
  return sha256(JSON.stringify(entries.sort(([a], [b]) => (a! < b! ? -1 : 1))));
}

function outlinesOf({ nodes }: ModuleGraph, packageVersion: PackageVersions): Map<string, OutlinedFile> {
  return new Map(
    [...nodes].map(([file, { module, requests }]) => {
      const ordered = requests.toSorted((a, b) => a.span.start - b.span.start);
      return [
        file,
        {
          outline: module.outline,
          requests: ordered.map(({ specifier, dynamic, target }) => ({
            specifier,
            dynamic,
            target:
              target.kind === 'file'
                ? { file: target.file }
                : { package: () => packageVersion(target.specifier, file) },
          })),
        },
      ];
    }),
  );
}

function factsOf(file: string, graph: ModuleGraph): FactsFile {
  const files = new Map<string, FactsFile>();
  const view = (path: string): FactsFile => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const { module, requests } = graph.nodes.get(path)!;
    const created: FactsFile = {
      file: path,
      get facts() {
        return module.facts?.();
      },
      resolve(specifier) {
        const target = requests.find((request) => request.specifier === specifier)?.target;
        return target?.kind === 'file' ? view(target.file) : undefined;
      },
    };
    files.set(path, created);
    return created;
  };
  return view(file);
}
