/** A package whose rooms are floors of one house, with parts that hang on them. */
import type { Import } from './imports-of-package.js';

export interface House {
  /** Lowest first. A floor imports floors below it; the highest puts everything together and imports parts as well. */
  readonly floors: readonly string[];
  /**
   * Reached only through what they register: no floor but the highest imports one. They import every floor but the
   * highest, and each other as long as there is no circle.
   */
  readonly parts: readonly string[];
}

/**
 * What breaks the order, a sentence each. A name of the house stands for the folder and for the file of that name in
 * `src`. Other files in `src`, and those in `src/entries`, are entries: they import what they like, and no room imports
 * them. Another folder is a fault.
 */
export function faultsOf(house: House, imports: readonly Import[]): string[] {
  const { floors, parts } = house;
  const top = floors.length - 1;
  const faults = new Set<string>();
  for (const { from, to, isValue } of imports) {
    for (const room of [from, to]) {
      if (room.includes('/') && roomOf(room) !== 'entries' && !isKnown(house, roomOf(room)))
        faults.add(`'${roomOf(room)}' is neither a floor nor a part`);
    }
    if (!isValue || !isKnown(house, roomOf(from)) || roomOf(from) === roomOf(to)) continue;
    const lower = floors.indexOf(roomOf(from));
    const upper = floors.indexOf(roomOf(to));
    const says = `${from} imports ${to}`;
    if (!isKnown(house, roomOf(to))) faults.add(`${says}, an entry`);
    else if (lower >= 0 && upper > lower) faults.add(`${says}, a floor above it`);
    else if (lower >= 0 && lower < top && parts.includes(roomOf(to))) faults.add(`${says}, a part`);
    else if (parts.includes(roomOf(from)) && upper === top)
      faults.add(`${says}, the floor that puts the parts together`);
  }
  return [...faults];
}

function roomOf(path: string): string {
  return path.split('/')[0]!.replace(/\.ts$/, '');
}

function isKnown({ floors, parts }: House, room: string): boolean {
  return floors.includes(room) || parts.includes(room);
}
