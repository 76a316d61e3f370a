/** Finds and imports the modules of a pipeline. */
import { statSync } from 'node:fs';
import { validatePipelineName } from '@flowerpower/config';
import { didYouMean, errorFromProblems, type Place, type Problem, shorten } from '@flowerpower/core';
import { type Boundary, type FileSystem, isFileSystemError } from '@flowerpower/fs';
import type { AroundImport, ImportedModule, ModuleImporter } from '@flowerpower/modules';
import type { CatalogEntry } from '../catalog/read-catalog.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { problemsWith } from '../boundary/project-boundary.js';
import type { ProjectLayout } from '../layout/project-layout.js';

export interface ModulesContext {
  readonly fs: FileSystem;
  readonly layout: ProjectLayout;
  /** Says which files may be imported; a link may lead anywhere. */
  readonly boundary: Boundary;
  readonly importer: ModuleImporter;
}

export interface ModulesRequest {
  /** The pipeline; its own module is called as it is, or as its file. */
  readonly entry: CatalogEntry;
  /** Further modules, by the names that pipelines have. */
  readonly additional: readonly string[];
  /** Where the additional module of an index is written. */
  readonly placeOf: (index: number) => Place | undefined;
  /** The variable or flag that gives them. Undefined where a file does. */
  readonly giver: string | undefined;
  /** Import files that changed since they were last imported. */
  readonly reload: boolean;
  readonly around: AroundImport;
}

/**
 * The modules of a pipeline: the additional ones first, its own last.
 *
 * @throws FlowerPowerError `FP_MODULE_NOT_FOUND` for every module that is missing, `FP_PIPELINE_AMBIGUOUS` for one that
 *   is there in two spellings, `FP_CONFIG_NAME` for names that are none, `FP_FS_OUTSIDE_ROOT` for files that may not be
 *   used, and whatever importing raises.
 */
export async function importModules(
  context: ModulesContext,
  request: ModulesRequest,
): Promise<ImportedModule[]> {
  const { entry, additional, placeOf, giver } = request;
  const { importer } = context;
  const additionalAt = giver ?? 'run.additionalModules';
  const wanted: Wanted[] = [
    ...additional.map((name, index) => ({
      names: [name],
      at: additionalAt,
      place: placeOf(index),
      isAdditional: true,
    })),
    {
      names: [...new Set([entry.name, entry.fileName])],
      at: 'module',
      place: undefined,
      isAdditional: false,
    },
  ];
  const files = new Set<string>();
  const problems: Problem[] = [];
  for (const each of wanted) {
    const found = await findModule(context, each, entry);
    if (typeof found === 'string') {
      // One that is named twice keeps its last place, which is the pipeline's own.
      files.delete(found);
      files.add(found);
    } else problems.push(...found);
  }
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
    throw errorFromProblems(problems, { code, title: 'Modules are missing' });
  }
  const modules: ImportedModule[] = [];
  for (const file of files)
    modules.push(await importer.import(file, { reload: request.reload, around: request.around }));
  return modules;
}

interface Wanted {
  /** In the order they are tried. */
  readonly names: readonly string[];
  /** Where it is named, for problems. */
  readonly at: string;
  readonly place: Place | undefined;
  /** Whether the configuration names it. */
  readonly isAdditional: boolean;
}

/** The real path of the module of the first name that has one. */
async function findModule(
  context: Omit<ModulesContext, 'importer'>,
  wanted: Wanted,
  entry: CatalogEntry,
): Promise<string | Problem[]> {
  const { names, at, place } = wanted;
  const { fs, boundary, layout } = context;
  for (const name of names) {
    const badName = validatePipelineName(name);
    if (badName !== undefined) {
      return [notAModule(badName, layout, { at, name, place })];
    }
    const found: Found[] = [];
    const outside = problemsWith(at, place, () => {
      for (const spelling of layout.moduleFiles(name)) found.push(...firstFile(boundary, spelling));
    });
    if (outside.length > 0) return outside;
    if (found.length > 1)
      return [
        inTwoSpellings(
          fs,
          name,
          found.map(({ path }) => path),
        ),
      ];
    if (found[0] !== undefined) return found[0].file;
  }
  return [await missing(context, wanted, entry)];
}

/** Most people who write no name write a file. */
function notAModule(
  { code, hint }: Problem,
  { pipelinesDir }: ProjectLayout,
  { at, name, place }: { readonly at: string; readonly name: string; readonly place: Place | undefined },
): Problem {
  const below = name.replace(/^\.\//, '');
  const path = below.startsWith(`${pipelinesDir}/`) ? below.slice(pipelinesDir.length + 1) : below;
  const [, dotted] = /^(.*?)(?:\.[cm]?[jt]sx?)?$/.exec(path) ?? [];
  const meant = dotted?.replaceAll('/', '.');
  const isMeant = meant !== undefined && validatePipelineName(meant) === undefined;
  return {
    code,
    message: `${at}: ${JSON.stringify(shorten(name, 101))} is not the name of a module: dots for folders, from '${pipelinesDir}/' on, without an ending.`,
    hint: isMeant ? `Write ${meant}.` : hint,
    places: place && [place],
  };
}

interface Found {
  readonly path: string;
  /** The real path. */
  readonly file: string;
}

function inTwoSpellings(fs: FileSystem, name: string, files: readonly string[]): Problem {
  const code: ProjectErrorCode = 'FP_PIPELINE_AMBIGUOUS';
  return {
    code,
    message: `The module '${name}' is there in two spellings: ${files.join(' and ')}.`,
    hint: "Keep one of them; in names '-' and '_' are one character.",
    places: files.map((file) => ({ file: fs.uri(file) })),
  };
}

async function missing(
  { fs, layout }: Pick<ModulesContext, 'fs' | 'layout'>,
  { names, at, place, isAdditional }: Wanted,
  entry: CatalogEntry,
): Promise<Problem> {
  const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
  const tried = names.flatMap((name) => layout.moduleFiles(name).flat());
  const own = entry.configured ? [{ file: fs.uri(entry.file) }] : [];
  return {
    code,
    message: `${isAdditional ? `${at}: there` : 'There'} is no module for '${names[0]}': looked for ${tried.join(', ')}.`,
    hint: didYouMean(names[0]!, await moduleNames(fs, layout)) ?? `Write ${tried[0]}.`,
    places: isAdditional ? place && [place] : own,
  };
}

async function moduleNames(fs: FileSystem, layout: ProjectLayout): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { path } of fs.list(layout.pipelinesDir, { recursive: true })) {
      const name = layout.nameOfModuleFile(path);
      if (name !== undefined) names.push(name);
    }
  } catch (error) {
    // What is to be said is that there is no module; a link beside it that leads out is another matter.
    if (!isFileSystemError(error, 'OutsideRoot')) throw error;
  }
  return names;
}

/** @throws FileSystemError `FP_FS_OUTSIDE_ROOT` for a link that leads where nothing may be imported from. */
function firstFile(boundary: Boundary, paths: readonly string[]): Found[] {
  for (const path of paths) {
    const location = boundary.locate(path);
    if (location.kind === 'uri' || location.file === undefined) continue;
    if (statSync(location.file, { throwIfNoEntry: false })?.isFile()) return [{ path, file: location.file }];
  }
  return [];
}
