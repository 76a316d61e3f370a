/** Files that processes began to write and did not live to finish. */
export function abandonedFiles(count: number): string {
  return count === 1 ? '1 unfinished file of a dead process' : `${count} unfinished files of dead processes`;
}
