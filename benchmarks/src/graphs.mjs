// Graphs to measure on: each node is a function of its own, generated as source text and imported, as users write them.

/**
 * Dependencies of each node. Node 0 takes the input `seed`; the last node is the output.
 * - `chain`: each node needs the one before.
 * - `fan`: all nodes need the first, the last one needs all of them.
 * - `random`: each node needs up to 3 of the 50 before it, always the same ones.
 */
export const shapes = {
  chain: (count) => Array.from({ length: count }, (_, node) => (node === 0 ? [] : [node - 1])),
  fan: (count) =>
    Array.from({ length: count }, (_, node) => {
      if (node === 0) return [];
      return node < count - 1 ? [0] : Array.from({ length: count - 2 }, (_, index) => index + 1);
    }),
  random: (count) => {
    const next = randomNumbers(7);
    return Array.from({ length: count }, (_, node) => {
      const needs = new Set([node - 1]);
      while (needs.size < Math.min(3, node)) needs.add(node - 1 - Math.floor(next() * Math.min(50, node)));
      return node === 0 ? [] : [...needs];
    });
  },
};

/** Lehmer's generator: the same numbers in every run. */
function randomNumbers(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** What node `last` must give. */
export function expectedValue(dependencies, seed) {
  const values = [];
  for (const [node, needs] of dependencies.entries()) {
    values.push(needs.reduce((sum, need) => (sum + values[need]) | 0, node === 0 ? seed : node));
  }
  return values.at(-1);
}

/**
 * Imports a fresh module of such nodes. Two modules share no function, so that no contender profits from what
 * the compiler learned for another.
 *
 * @param style - `destructured`, `positional` or `asynchronous` (positional, every node an async function).
 * @returns `nodes`: functions by name; `direct(seed)`: all of them called by hand, in order;
 *   `withPromiseAll(seed)`: each node behind a Promise.all of what it needs, as written by hand;
 *   `withThen(seed)`: the same, but a node that needs one value hangs on it by `then`.
 */
let modules = 0;
export function importNodes(dependencies, style, isAsync = () => style === 'asynchronous') {
  const names = dependencies.map((_, node) => `n${node}`);
  const source = [];
  const list = (needs) => needs.map((need) => names[need]).join(', ');
  const wrap = style === 'destructured' ? (text) => (text === '' ? '' : `{ ${text} }`) : (text) => text;
  for (const [node, needs] of dependencies.entries()) {
    const parameters = node === 0 ? 'seed' : list(needs);
    const sum = node === 0 ? 'seed' : [...needs.map((need) => names[need]), node].join(' + ');
    source.push(
      `${isAsync(node) ? 'async ' : ''}function f${node}(${wrap(parameters)}) { return (${sum}) | 0; }`,
    );
  }
  source.push(`export const nodes = { ${names.map((name, node) => `${name}: f${node}`).join(', ')} };`);
  source.push('export function direct(seed) {');
  for (const [node, needs] of dependencies.entries()) {
    source.push(`const n${node} = f${node}(${wrap(node === 0 ? 'seed' : list(needs))});`);
  }
  source.push(`return ${names.at(-1)}; }`);
  for (const [name, fewest] of [
    ['withPromiseAll', 1],
    ['withThen', 2],
  ]) {
    source.push(`export function ${name}(seed) {`);
    for (const [node, needs] of dependencies.entries()) {
      const all = `Promise.all([${list(needs)}]).then((values) => f${node}(...values))`;
      const one = `${node === 0 ? 'Promise.resolve(seed)' : names[needs[0]]}.then(f${node})`;
      source.push(`const n${node} = ${node > 0 && needs.length >= fewest ? all : one};`);
    }
    source.push(`return ${names.at(-1)}; }`);
  }
  source.push(`// ${modules++}`);
  return import(`data:text/javascript,${encodeURIComponent(source.join('\n'))}`);
}
