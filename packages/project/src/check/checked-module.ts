/** The modules of a pipeline as the check sees them. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { NodeSource } from '@flowerpower/core';

/** A module to check. What a module importer returns fits. */
export interface CheckModule {
  /** As the nodes of the graph name it. */
  readonly name: string;
  /** Absolute path of the source. JavaScript is not checked. */
  readonly file: string;
  /** Absolute paths of the project's files that it consists of, itself among them. */
  readonly closure?: readonly string[] | undefined;
  /** Facts from the source, by export name. They tell where bound positional parameters belong. */
  readonly nodes?: Readonly<Record<string, NodeSource>> | undefined;
}

/** A TypeScript module with its name in the shadow program and the specifier that leads there. */
export interface CheckedModule extends CheckModule {
  readonly alias: string;
  readonly specifier: string;
}

/**
 * The TypeScript modules by name.
 *
 * @param directory - the real path of the folder that holds the shadow program.
 */
export async function checkedModules(
  modules: readonly CheckModule[],
  directory: string,
): Promise<Map<string, CheckedModule>> {
  const checked = new Map<string, CheckedModule>();
  for (const module of modules) {
    const extension = /\.([cm]?)tsx?$/.exec(module.file);
    if (extension === null) continue;
    // The compiler works with the real path of its folder, so a relative path must not lead through a link.
    const file = join(await realpath(dirname(module.file)), basename(module.file));
    // Every version and module system finds the source behind the extension of its output.
    const output = `${file.slice(0, extension.index)}.${extension[1]}js`;
    checked.set(module.name, {
      ...module,
      alias: `M${checked.size}`,
      specifier: relativeSpecifier(directory, output),
    });
  }
  return checked;
}

/** A path as an import or a tsconfig.json takes it. On another drive of Windows it stays absolute. */
export function relativeSpecifier(directory: string, file: string): string {
  const path = relative(directory, file);
  const text = path.split(sep).join('/');
  return isAbsolute(path) || text.startsWith('../') ? text : `./${text}`;
}
