/** What of a node's log becomes events, so that a node in a loop cannot fill a disk. */

/** Bytes of one event of the log as a line of JSON, at most. */
export const maxLineBytes = 64 * 1024;
/** Events of the log of one node in one attempt, at most. */
export const maxNodeLines = 1000;

/** For what stands around message and fields. */
const roomForRest = 2048;
const room = maxLineBytes - roomForRest;

interface Line {
  readonly msg: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface LogLimits {
  /** The line as it may be told; undefined when the node has said enough. */
  take(node: string | undefined, attempt: number | undefined, line: Line): Line | undefined;
  /** By node, how many lines were not told. Begins anew. */
  dropped(): ReadonlyMap<string, number>;
}

export function createLogLimits(): LogLimits {
  const counts = new Map<string, number>();
  let dropped = new Map<string, number>();
  return {
    take(node, attempt, line) {
      if (node !== undefined) {
        const key = `${attempt} ${node}`;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count > maxNodeLines) {
          dropped.set(node, (dropped.get(node) ?? 0) + 1);
          return undefined;
        }
      }
      return fitting(line);
    },
    dropped() {
      const until = dropped;
      dropped = new Map();
      return until;
    },
  };
}

function fitting({ msg, fields }: Line): Line {
  const hasFields = Object.keys(fields).length > 0;
  // A character has at most six bytes in JSON.
  if (!hasFields && msg.length * 6 <= room) return { msg, fields };
  const sizeOfFields = hasFields ? bytesOf(fields) : 0;
  const kept = sizeOfFields <= room / 2 ? fields : { dropped: `${sizeOfFields} bytes of fields` };
  const left = room - (kept === fields ? sizeOfFields : 64);
  if (msg.length * 6 <= left || bytesOf(msg) <= left) return { msg, fields: kept };
  const short = msg.slice(0, Math.floor(left / 6) - 64);
  return { msg: `${short} … ${msg.length - short.length} characters dropped`, fields: kept };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
