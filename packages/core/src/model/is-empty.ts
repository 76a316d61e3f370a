/** Without a list of the keys, which costs more than the question is worth. */
export function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}
