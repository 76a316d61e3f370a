/** A loader and the value that it hands on are one node to a person, under the name of the value. */
export function personName(node: string): string {
  return node.replace(/\.loader$/, '');
}
