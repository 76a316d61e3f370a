/**
 * Names things with identifiers that need no escaping in any format. A name keeps its identifier when other nodes
 * come or go (so a committed Mermaid block changes only where the graph did), except among names that differ only
 * in characters outside `A-Z a-z 0-9 _`: there the later ones get a number.
 *
 * @param prefix - starts every identifier, which keeps it clear of the formats' keywords.
 */
export function createNamer(prefix: string): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    const base = prefix + name.replace(/\W/g, '_');
    let count = counts.get(base) ?? 1;
    let id = count === 1 ? base : `${base}_${count}`;
    while (taken.has(id)) id = `${base}_${++count}`;
    counts.set(base, count);
    taken.add(id);
    return id;
  };
}
