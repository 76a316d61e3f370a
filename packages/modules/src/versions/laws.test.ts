/** What holds for versions of any module: programs are drawn, edited in one place, and run before and after. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';
import { createModuleImporter } from '../module-importer.js';

const lib = `
export const read = (x: any): number =>
  typeof x === 'number' ? x : typeof x === 'function' ? read(x()) : Array.isArray(x) ? read(x[0]) + x.length : read(x.x) + (x.y ?? 0);
export const grow = (x: any): number => (Array.isArray(x) ? x.push(read(x)) : (x.x += 1));
export const call = (f: () => number): number => f();
export const put = (x: any, n: number): number => (Array.isArray(x) ? x.push(n) : (x.x = n));
`;

/** One declaration of a program. Numbers in `<>` are places of an edit; the references are to names before it. */
type Template = (own: string, at: (kind: Kind) => string, n: string) => string | undefined;
type Kind = 'any' | 'variable' | 'object' | 'list' | 'function';

const templates: readonly (readonly [Kind | 'none', Template])[] = [
  ['any', (own, _, n) => `const ${own} = ${n};`],
  ['variable', (own, _, n) => `let ${own} = ${n};`],
  ['object', (own, at, n) => `const ${own} = { x: ${n}, get y() { return read(${at('any')}); } };`],
  ['list', (own, _, n) => `const ${own} = [${n}];`],
  ['list', (own, at) => `const ${own} = [${at('any')}];`],
  ['object', (own, at) => `const ${own} = ${at('object')};`],
  ['function', (own, at, n) => `function ${own}() { return read(${at('any')}) * 3 + ${n}; }`],
  ['function', (own, at, n) => `const ${own} = (${at('any')}) => read(${at('any')} ?? ${n});`],
  [
    'function',
    (own, at, n) => `const ${own} = ((inner) => () => inner(${n}) + read(${at('any')}))((m) => m + 1);`,
  ],
  ['function', (own, at, n) => `const ${own} = () => { ${at('variable')} += ${n}; return 1; };`],
  ['function', (own, at, n) => `const ${own} = () => { ${at('object')}.x = ${n}; return 1; };`],
  ['function', (own, at, n) => `const ${own} = () => ${at('list')}.push(${n});`],
  ['any', (own, at) => `const ${own} = ${at('function')}();`],
  ['any', (own, at) => `const ${own} = call(${at('function')});`],
  ['any', (own, at) => `const ${own} = grow(${at('object')});`],
  ['any', (own, at) => `const ${own} = grow(${at('list')});`],
  ['any', (own, at, n) => `const ${own} = put(${at('object')}, ${n});`],
  ['any', (own, at, n) => `const ${own} = put(${at('list')}, ${n});`],
  ['function', (own, at) => `const ${own} = () => call(${at('function')});`],
  ['any', (own, at, n) => `const ${own} = \`\${${at('any')}}\`.length + ${n};`],
  ['any', (own, at, n) => `const { x: ${own} = ${n} } = ${at('object')};`],
  [
    'any',
    (own, at, n) =>
      `class C${own} { static s = ${n}; m() { return read(${at('any')}) + C${own}.s++; } }\nconst ${own} = () => new C${own}().m();`,
  ],
  ['any', (own, _, n) => `enum E${own} { A = ${n}, B }\nconst ${own} = () => E${own}.B;`],
  ['none', (_, at) => `call(${at('function')});`],
  ['none', (_, at, n) => `${at('object')}.x = ${n};`],
  ['none', (_, at, n) => `if (read(${at('any')}) > ${n}) ${at('variable')} = ${n};`],
];

interface Program {
  /** By file, with the places of edits. */
  readonly files: Readonly<Record<string, string>>;
  readonly places: number;
}

const choices = fc.array(
  fc.record({
    template: fc.nat(templates.length - 1),
    refs: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
  }),
  { minLength: 3, maxLength: 14 },
);

/** The first half is in `b.ts`, imported by name or as a namespace; every name is a node that reads it. */
function program(
  drawn: readonly { template: number; refs: readonly number[] }[],
  byNamespace: boolean,
): Program {
  const names: { name: string; kind: Kind; inB: boolean }[] = [];
  const files: Record<'a.ts' | 'b.ts', string[]> = { 'a.ts': [], 'b.ts': [] };
  let places = 0;
  drawn.forEach(({ template, refs }, index) => {
    const inB = index < drawn.length / 2;
    const [kind, write] = templates[template]!;
    let used = 0;
    let isPossible = true;
    const at = (wanted: Kind): string => {
      // Names of another module cannot be assigned.
      const fitting = names.filter(
        (one) => (wanted === 'any' || one.kind === wanted) && (wanted !== 'variable' || one.inB === inB),
      );
      if (fitting.length === 0) isPossible = false;
      const found = fitting[refs[used++ % refs.length]! % Math.max(1, fitting.length)];
      return found === undefined ? '0' : !inB && found.inB && byNamespace ? `b.${found.name}` : found.name;
    };
    const name = `v${index}`;
    const text = write(name, at, `<${places}>`);
    // A parameter has no dot in its name.
    if (!isPossible || text === undefined || /^const \w+ = \(\w+\.\w+\)/.test(text)) return;
    if (text.includes(`<${places}>`)) places++;
    files[inB ? 'b.ts' : 'a.ts'].push(text);
    if (kind !== 'none') names.push({ name, kind, inB });
  });
  const ofB = names.filter(({ inB }) => inB).map(({ name }) => name);
  const nodes = names.map(
    ({ name, inB }) => `export const node_${name} = () => read(${inB && byNamespace ? 'b.' : ''}${name});`,
  );
  const imports = `import { read, grow, call, put } from './lib';\n`;
  const others = byNamespace ? `import * as b from './b';\n` : `import { ${ofB.join(', ')} } from './b';\n`;
  return {
    files: {
      'lib.ts': lib,
      'b.ts': `${imports}${files['b.ts'].join('\n')}\nexport { ${ofB.join(', ')} };`,
      'a.ts': `${imports}${others}${[...files['a.ts'], ...nodes].join('\n')}`,
    },
    places,
  };
}

/** Most without statements that may do anything: with one, every node depends on nearly everything. */
const programs = fc
  .tuple(choices, fc.boolean(), fc.nat(3))
  .map(([drawn, byNamespace, some]) =>
    program(
      some === 0 ? drawn : drawn.filter(({ template }) => templates[template]![0] !== 'none'),
      byNamespace,
    ),
  );

/** With a number in each place: its own, but for the edited one. */
function filled({ files }: Program, edited: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text.replace(/<(\d+)>/g, (_, place: string) => String(Number(place) === edited ? 50 : Number(place))),
    ]),
  );
}

async function load(files: Readonly<Record<string, string>>) {
  const { root } = tempProject(files);
  const { exports, codeVersions } = await createModuleImporter({ root }).import('a');
  // Twice, all in one process: what one does to the state of the module, the others see.
  const nodes = Object.entries(exports as Record<string, () => unknown>);
  const passes = [nodes, nodes].map((pass) => pass.map(([name, run]) => [name, outcome(run)] as const));
  const results = nodes.map(([name], index) => [name, JSON.stringify(passes.map((pass) => pass[index]![1]))]);
  return { results: Object.fromEntries(results) as Record<string, string>, codeVersions: codeVersions! };
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

test('a node that gives something else after an edit has another version', async () => {
  let differing = 0;
  await fc.assert(
    fc.asyncProperty(programs, fc.nat(), async (drawn, place) => {
      fc.pre(drawn.places > 0);
      const before = await load(filled(drawn, -1));
      const after = await load(filled(drawn, place % drawn.places));
      for (const [name, result] of Object.entries(before.results)) {
        if (result === after.results[name]) continue;
        differing++;
        expect(
          after.codeVersions[name],
          `${name} of ${drawn.files['b.ts']}\n${drawn.files['a.ts']}`,
        ).not.toBe(before.codeVersions[name]);
      }
    }),
    { numRuns: 40 },
  );
  expect(differing).toBeGreaterThan(0);
});

test('comments, line breaks and spaces change no version', async () => {
  await fc.assert(
    fc.asyncProperty(
      programs,
      fc.infiniteStream(fc.constantFrom('', ' ', '\n', ' /* x */ ', '// }\n')),
      async (drawn, gaps) => {
        const files = filled(drawn, -1);
        const spaced = Object.fromEntries(
          Object.entries(files).map(([name, text]) => [
            name,
            text.replace(/[{(;,]/g, (mark) => mark + gaps.next().value),
          ]),
        );
        expect((await load(spaced)).codeVersions).toEqual((await load(files)).codeVersions);
      },
    ),
    { numRuns: 20 },
  );
});
