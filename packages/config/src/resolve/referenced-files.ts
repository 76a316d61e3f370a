/** The files that `${file:path}` refers to. */
import { messageOf } from '@flowerpower/core';
import type { Found, Surroundings } from '../interpolation/interpolate.js';
import type { ConfigText } from '../source/source-file.js';

const maxFiles = 100;
const maxCharacters = 1024 * 1024;

/** Reads them before anything else, since reading takes a promise. What cannot be read matters where it is needed. */
export async function readReferencedFiles(
  texts: readonly (ConfigText | undefined)[],
  readFile: ((path: string) => Promise<string>) | undefined,
): Promise<Surroundings['file']> {
  const paths = new Set(
    texts.flatMap((each) =>
      [...(each?.text ?? '').matchAll(/\$\{ *file:([^{}$]+)/g)].map(([, path]) => path!.trim()),
    ),
  );
  const found = new Map<string, Found>();
  for (const path of [...paths].slice(0, maxFiles)) found.set(path, await readOne(path, readFile));
  return (path) => found.get(path) ?? unread(path, `a configuration refers to ${maxFiles} files at most.`);
}

async function readOne(
  path: string,
  readFile: ((path: string) => Promise<string>) | undefined,
): Promise<Found> {
  if (readFile === undefined) return unread(path, 'files are not read here.');
  try {
    const text = await readFile(path);
    if (text.length > maxCharacters) return unread(path, 'it is larger than 1 MiB.');
    return { text: text.replace(/\r?\n$/, '') };
  } catch (error) {
    return unread(path, messageOf(error));
  }
}

function unread(path: string, why: string): Found {
  return {
    fault: {
      code: 'FP_CONFIG_REFERENCE_FILE',
      message: `the file '${path}' cannot be taken: ${why}`,
      hint: 'A path is relative to the project, and the file lies in it: ${file:./queries/sales.sql}.',
    },
  };
}
