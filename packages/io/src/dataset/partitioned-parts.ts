/** Streams rows into one part for each folder, with a bounded number of parts open. */
import type { Row } from '../contract/io.js';
import type { PartWriter, WrittenPart } from './part-writer.js';

/** As many parts are open at once: each holds a file and what its saver has not written yet. */
const maxOpen = 16;

/**
 * Writes rows that were split, and closes the part that was written to the longest ago where another one needs its place;
 * rows for its folder that come later make a second part.
 *
 * @param open - begins a part in a folder.
 * @param closed - called for each part that is complete, also when a later one fails.
 */
export async function writePartitions(
  batches: AsyncIterable<Map<string, Row[]>>,
  open: (folder: string) => PartWriter,
  closed: (part: WrittenPart) => void,
): Promise<void> {
  /** The one that was written to the longest ago first. */
  const parts = new Map<string, PartWriter>();
  const partOf = async (folder: string): Promise<PartWriter> => {
    let part = parts.get(folder);
    if (part === undefined) {
      const [oldest] = parts;
      if (parts.size >= maxOpen && oldest !== undefined) {
        parts.delete(oldest[0]);
        await settled(oldest[1], closed);
      }
      part = open(folder);
    } else parts.delete(folder);
    parts.set(folder, part);
    return part;
  };
  try {
    for await (const groups of batches) {
      // What is open is served first, before it has to make room.
      const folders = [...groups.keys()];
      const isOpen = new Set(folders.filter((folder) => parts.has(folder)));
      for (const folder of [...isOpen, ...folders.filter((each) => !isOpen.has(each))]) {
        const part = await partOf(folder);
        await part.write(groups.get(folder)!);
      }
    }
    for (const [folder, part] of parts) {
      parts.delete(folder);
      await settled(part, closed);
    }
  } catch (error) {
    await Promise.all([...parts.values()].map((part) => part.abort(error)));
    throw error;
  }
}

async function settled(part: PartWriter, closed: (part: WrittenPart) => void): Promise<void> {
  closed(await part.close());
}
