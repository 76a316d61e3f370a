/** True for a text that names a location by its URI, and none of this machine. */
export function isRemote(dir: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(dir) && !/^file:/i.test(dir);
}
