/** The tsconfig.json under which the shadow program is checked. */
import { join } from 'node:path';
import { relativeSpecifier } from './checked-module.js';
import { isVersionFrom } from './find-typescript.js';

export interface ShadowConfigOptions {
  /** Real path of the project's folder. */
  readonly root: string;
  /** The folder of the shadow program. */
  readonly directory: string;
  /** The name of the shadow program in its folder. */
  readonly program: string;
  /** The project's own configuration, absolute. */
  readonly extends: string | undefined;
  readonly version: string;
  /** True when the project has the types of Node installed. */
  readonly hasNodeTypes: boolean;
}

/** The project's options decide what is right; only what belongs to emitting, and style, is switched off. */
export function shadowConfig(options: ShadowConfigOptions): string {
  const { root, directory, program, version } = options;
  const own = options.extends;
  const config = {
    ...(own !== undefined && { extends: relativeSpecifier(directory, own) }),
    compilerOptions: {
      ...(own === undefined && defaultOptions(options.hasNodeTypes)),
      ...overrides(version),
    },
    files: [program],
    // Global declarations of the project; the compiler leaves out node_modules and folders that start with a dot.
    include: own === undefined ? [] : [relativeSpecifier(directory, join(root, '**/*.d.ts'))],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** As modules are loaded: any extension, JavaScript beside TypeScript, types of Node where they are installed. */
function defaultOptions(hasNodeTypes: boolean): object {
  return {
    strict: true,
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    resolveJsonModule: true,
    esModuleInterop: true,
    allowJs: true,
    types: hasNodeTypes ? ['node'] : [],
  };
}

function overrides(version: string): object {
  return {
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    checkJs: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    verbatimModuleSyntax: false,
    importHelpers: false,
    incremental: false,
    composite: false,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    rootDir: null,
    outDir: null,
    outFile: null,
    declarationDir: null,
    tsBuildInfoFile: null,
    ...(isVersionFrom(version, 5, 5) && { isolatedDeclarations: false }),
    ...(isVersionFrom(version, 5, 6) && { noCheck: false }),
  };
}
