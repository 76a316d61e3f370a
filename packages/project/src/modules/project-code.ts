/** Where the code of a project is on this machine: in its own folder, or in a copy of it. */
import type { Boundary } from '@flowerpower/fs';
import type { ModuleImporter } from '@flowerpower/modules';

export interface CodeFolder {
  /** Absolute. */
  readonly root: string;
  /** Says which of its files may be imported; a link may lead anywhere. */
  readonly boundary: Boundary;
  readonly importer: ModuleImporter;
  /** The same data with files of the folder called as the user knows them. */
  named<T>(value: T): T;
}

export interface CodeRequest {
  /** Look whether the code has changed. */
  readonly refresh: boolean;
  /** Further files that will be imported, relative to the project. */
  readonly named?: readonly string[] | undefined;
}

export interface ProjectCode {
  open(request: CodeRequest): Promise<CodeFolder>;
}

/** The code of a project that is a folder of this machine. */
export function codeInPlace(folder: Omit<CodeFolder, 'named'>): ProjectCode {
  const inPlace: CodeFolder = { ...folder, named: (value) => value };
  return { open: async () => inPlace };
}
