/**
 * The graph of a user's own modules: every file that a module imports, transformed, with its imports resolved.
 */
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatPlace, type ModuleProblem } from '../errors/catalogue.js';
import { readSourceText, type SourceText } from '../files/source-text.js';
import { didYouMeanFile } from '../files/neighbours.js';
import { isLoadable } from '../files/user-file.js';
import type { CompilerOptions, ProjectOptions } from '../resolve/project-options.js';
import type { Resolution, Resolver } from '../resolve/resolver.js';
import type { Toolchain } from '../toolchain.js';
import {
  type ModuleRequest,
  type TransformedModule,
  transformJson,
  transformModule,
} from '../transform/transform-module.js';

export interface ModuleNode {
  readonly source: SourceText;
  readonly module: TransformedModule;
  readonly compilerOptions: CompilerOptions;
  readonly requests: readonly ResolvedRequest[];
}

interface ResolvedRequest extends ModuleRequest {
  readonly target: Extract<Resolution, { kind: 'file' | 'external' }>;
}

export interface ModuleGraph {
  /** By path; the root first, then in the order in which imports were met. */
  readonly nodes: ReadonlyMap<string, ModuleNode>;
  /** Packages that Node will not find. Loading fails with these as the explanation. */
  readonly missingPackages: readonly ModuleProblem[];
}

/** Transformed modules by path, reused while content and options stay the same. */
export type TransformMemo = Map<string, { readonly key: string; readonly module: TransformedModule }>;

export interface ModuleGraphOptions {
  readonly resolve: Resolver;
  readonly projectOptions: (directory: string) => ProjectOptions;
  readonly memo: TransformMemo;
  readonly tools: Toolchain;
}

const helperPackage = '@oxc-project/runtime/helpers/';

/** Walks the imports of a file. Faults of all files are added to `problems`; the graph is complete without any. */
export function buildModuleGraph(
  root: string,
  { resolve, projectOptions, memo, tools }: ModuleGraphOptions,
  problems: ModuleProblem[],
): ModuleGraph {
  const nodes = new Map<string, ModuleNode>();
  const missingPackages: ModuleProblem[] = [];
  const seen = new Set([root]);
  for (const file of seen) {
    const source = readSourceText(file);
    if (source.malformedLine !== undefined) {
      problems.push(malformedText(file, source.malformedLine));
      continue;
    }
    const { compilerOptions } = projectOptions(dirname(file));
    const module = transform(source, compilerOptions);
    if (module === undefined) continue;
    const requests: ResolvedRequest[] = [];
    for (const request of module.requests) {
      const target = resolveRequest(request, file);
      if (target === undefined) continue;
      requests.push({ ...request, target });
      if (target.kind === 'file') seen.add(target.file);
    }
    nodes.set(file, { source, module, compilerOptions, requests });
  }
  return { nodes, missingPackages };

  function transform(source: SourceText, options: CompilerOptions): TransformedModule | undefined {
    const key = `${source.hash}${JSON.stringify(options)}`;
    const known = memo.get(source.path);
    if (known?.key === key) return known.module;
    const module =
      extname(source.path) === '.json'
        ? transformJson(source, problems)
        : transformModule(source, options, tools, problems);
    if (module !== undefined) memo.set(source.path, { key, module });
    return module;
  }

  function resolveRequest(request: ModuleRequest, importer: string): ResolvedRequest['target'] | undefined {
    const { specifier } = request;
    if (specifier.startsWith(helperPackage) && request.position === undefined) return helper(specifier);
    const resolution = resolve(specifier, importer);
    if (resolution.kind === 'external') return resolution;
    if (resolution.kind === 'file' && isLoadable(resolution.file)) return resolution;

    const place = { file: importer, ...request.position };
    const where = formatPlace(place);
    if (resolution.kind === 'missing-package') {
      if (!request.dynamic) {
        missingPackages.push({
          code: 'FP_MODULE_PACKAGE_NOT_FOUND',
          message: `${where}: the package '${resolution.specifier}' is not installed.${triedText(resolution.tried)}`,
          hint: `Install the package in the project of ${importer}, or correct the name.`,
          places: [place],
        });
      }
      // Node decides: hooks of the user may know the package, and a dynamic import may be guarded.
      return { kind: 'external', specifier: resolution.specifier };
    }
    if (resolution.kind === 'file') {
      problems.push({
        code: 'FP_MODULE_UNSUPPORTED_FILE',
        message: `${where}: '${specifier}' is ${resolution.file}, and ${extname(resolution.file) || 'such'} files cannot be imported.`,
        hint: 'Importable are .ts, .mts, .js, .mjs and .json. Read other files at run time, or load CommonJS with createRequire(import.meta.url).',
        places: [place],
      });
    } else {
      problems.push({
        code: 'FP_MODULE_UNRESOLVED_IMPORT',
        message: `${where}: '${specifier}' cannot be found.${triedText(resolution.tried)}`,
        hint: unresolvedHint(resolution.tried),
        places: [place],
      });
    }
    return undefined;
  }
}

/** Helpers of transformed code (legacy decorators, `using`) come with this package, not with the user's. */
function helper(specifier: string): ResolvedRequest['target'] {
  const require = createRequire(import.meta.url);
  const anyHelper = require.resolve('@oxc-project/runtime/helpers/decorate');
  const path = join(dirname(anyHelper), `${specifier.slice(helperPackage.length)}.js`);
  return { kind: 'external', specifier: pathToFileURL(path).href };
}

function malformedText(file: string, line: number): ModuleProblem {
  return {
    code: 'FP_MODULE_ENCODING',
    message: `${file}:${line}: the line holds bytes that UTF-8 does not allow.`,
    hint: 'Save the file as UTF-8, or convert it, for example with iconv.',
    places: [{ file, line }],
  };
}

function triedText(tried: readonly string[]): string {
  return tried.length === 0 ? '' : ` Tried:\n${tried.map((path) => `    ${path}`).join('\n')}`;
}

function unresolvedHint(tried: readonly string[]): string {
  const [first] = tried;
  if (first === undefined)
    return "Add the name to 'imports' or 'exports' of the package.json beside the module.";
  return didYouMeanFile(first) ?? 'Create the file, or correct the path.';
}
