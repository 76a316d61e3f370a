/** The locations that configuration names, as nodes reach them: each a folder that cannot be left. */
import { join } from 'node:path';
import { errorFromProblems, type Place, type Problem } from '@flowerpower/core';
import { createView, type FileSystem } from '@flowerpower/fs';
import type { NamedFileSystems } from '@flowerpower/io';
import type { RuntimeErrorCode } from '../errors/catalogue.js';
import type { FileRef, FileSystems } from './file-systems.js';

export interface NamedLocationsOptions {
  /** By name. */
  readonly locations: Readonly<Record<string, FileRef>>;
  /** Where a location is written, for errors. */
  readonly placeOf: ((name: string) => Place | undefined) | undefined;
  readonly fileSystems: FileSystems;
}

/** The name of the folder of the project, which nobody needs to give. */
const own = 'project';

/**
 * Nothing is made before a node asks for it.
 *
 * @throws FlowerPowerError `FP_FILE_SYSTEMS` with everything that is wrong with the locations, or the code of the only problem.
 */
export function namedFileSystems({
  locations,
  placeOf,
  fileSystems,
}: NamedLocationsOptions): NamedFileSystems {
  const problems = Object.entries(locations).flatMap(([name, location]) =>
    problemsOfLocation(name, location, fileSystems).map((problem) => {
      const place = placeOf?.(name);
      return {
        ...problem,
        message: `fileSystems.${name}: ${problem.message}`,
        places: place === undefined ? problem.places : [place],
      };
    }),
  );
  if (problems.length > 0) {
    const code: RuntimeErrorCode = 'FP_FILE_SYSTEMS';
    throw errorFromProblems(problems, {
      code,
      title: 'The filesystems that fileSystems names cannot be used',
    });
  }
  const entries = Object.entries({ [own]: { path: '.' }, ...locations });
  return Object.fromEntries(entries.map(([name, location]) => [name, () => open(location, fileSystems)]));
}

function problemsOfLocation(name: string, location: FileRef, fileSystems: FileSystems): readonly Problem[] {
  if (name === own) {
    const code: RuntimeErrorCode = 'FP_FILE_SYSTEMS';
    return [{ code, message: "this is the name of the project's own folder.", hint: 'Choose another name.' }];
  }
  const problems = fileSystems.check(location.path, 'folder');
  return problems.length > 0 ? problems : fileSystems.checkOptions(location);
}

function open({ path: location, storageOptions }: FileRef, fileSystems: FileSystems): FileSystem {
  const { fs, path } = fileSystems.resolve(location, 'read', storageOptions);
  const folder = fileSystems.fileOf(location);
  const pathOf = (key: string) =>
    folder === undefined ? `${location.replace(/\/$/, '')}/${key}` : join(folder, key);
  return createView(fs.sub(path), {
    // What a project is made of may lie in the folder, also by way of a link, or by the whole URI of a bucket.
    beforeChange: (key, reach) =>
      fileSystems.requireWritable(pathOf(key), reach === 'tree' ? 'folder' : 'file'),
  });
}
