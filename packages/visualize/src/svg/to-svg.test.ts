import { FlowerPowerError } from '@flowerpower/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGraph, anyText } from '../__fixtures__/arbitrary.js';
import { graphOf, hostileTexts, largeGraph, marketing, shops } from '../__fixtures__/graphs.js';
import { elementsNamed, parseXml, textOf, type XmlElement } from '../__fixtures__/xml.js';
import { createDrawing } from '../drawing/create-drawing.js';
import { toSvg } from './to-svg.js';

const groups = (svg: XmlElement, name: string) =>
  elementsNamed(svg, 'g').filter(({ attributes }) => attributes['class']?.split(' ').includes(name) === true);
const titles = (svg: XmlElement, kind: 'node' | 'edge' = 'node') =>
  groups(svg, kind).flatMap((group) => elementsNamed(group, 'title').map(textOf));
const texts = (svg: XmlElement) => elementsNamed(svg, 'text').map(textOf);

test('draws every node, edge, namespace and legend entry', async () => {
  const svg = parseXml(await toSvg(marketing, { outputs: ['spendMean'], title: 'Marketing' }));
  const drawing = createDrawing(marketing, { outputs: ['spendMean'] });
  expect(groups(svg, 'node')).toHaveLength(drawing.nodes.length);
  expect(groups(svg, 'edge')).toHaveLength(drawing.edges.length);
  expect(groups(svg, 'optional')).toHaveLength(2);
  expect(groups(svg, 'output').map((node) => textOf(node))).toEqual([
    expect.stringContaining('Average spend per day.'),
  ]);
  expect(groups(svg, 'namespace')).toHaveLength(1);
  expect(texts(svg)).toEqual(
    expect.arrayContaining(['Marketing', 'forecast', 'trend', 'series', 'offset = 0', 'requested output']),
  );
  expect(titles(svg)).toContain('spendInEuro: number[]\n\nSpend, converted.\nKeeps the order of days.');
  expect(groups(parseXml(await toSvg(marketing, { showLegend: false })), 'legend')).toHaveLength(0);
});

test('draws fan-outs as stacks of sheets, items as strands, branches and cases', async () => {
  const svg = parseXml(await toSvg(shops));
  const stacks = groups(svg, 'fan-out');
  expect(stacks).toHaveLength(2);
  // The outer stack holds the inner one.
  expect(stacks.map((stack) => elementsNamed(stack, 'rect').length)).toEqual([6, 3]);
  const paths = (name: string) => groups(svg, name).map((edge) => elementsNamed(edge, 'path').length);
  // A line, two strands, and an arrow for the line; arrows for the strands where they go apart.
  expect(paths('each')).toEqual([6, 6, 6]);
  expect(paths('all')).toEqual([4, 4]);
  expect(groups(svg, 'branch').flatMap((node) => elementsNamed(node, 'polygon'))).toHaveLength(1);
  expect(texts(svg)).toEqual(
    expect.arrayContaining([
      'for each region',
      'for each shop, 4 at once',
      'cache: recompute',
      'failed ones too',
      'sums · as a stream',
      'chooses',
      'quick, ""',
      'otherwise',
      'once for each item',
      'items taken together',
    ]),
  );
});

test.each(['LR', 'TB'] as const)('strands begin and end where their line does (%s)', async (orient) => {
  const svg = parseXml(await toSvg(shops, { orient, showLegend: false }));
  for (const edge of [...groups(svg, 'each'), ...groups(svg, 'all')]) {
    const outlines = elementsNamed(edge, 'path').map(({ attributes }) =>
      Array.from(
        attributes['d']!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g),
        ([, x, y]) => [Number(x), Number(y)] as const,
      ),
    );
    const [line, ...strands] = outlines.filter((points) => points.length > 3);
    const end = edge.attributes['class']!.includes('each') ? -1 : 0;
    const [x, y] = line!.at(end)!;
    expect(strands).toHaveLength(2);
    for (const strand of strands) {
      const [strandX, strandY] = strand.at(end)!;
      const distance = Math.hypot(strandX - x, strandY - y);
      expect(distance).toBeGreaterThan(4);
      expect(distance).toBeLessThan(10);
    }
  }
});

test('brings its own background and names a font that every system has', async () => {
  const svg = parseXml(await toSvg(marketing));
  const [background] = elementsNamed(svg, 'rect');
  expect(background?.attributes).toMatchObject({ fill: '#ffffff', rx: '12' });
  expect(Number(background?.attributes['width'])).toBe(Number(svg.attributes['width']) - 1);
  const families = elementsNamed(svg, 'g').flatMap(({ attributes }) => attributes['font-family'] ?? []);
  expect(families).toEqual(['Helvetica, Arial, "Liberation Sans", sans-serif']);
});

test('LR flows to the right, TB flows down', async () => {
  const size = async (orient: 'LR' | 'TB') => {
    const chain = graphOf(['a', 'b', 'c', 'd'].map((name, i, all) => ({ name, needs: all.slice(i - 1, i) })));
    const { attributes } = parseXml(await toSvg(chain, { orient, showLegend: false }));
    return Number(attributes['width']) / Number(attributes['height']);
  };
  expect(await size('LR')).toBeGreaterThan(2);
  expect(await size('TB')).toBeLessThan(0.5);
});

/** The boxes of plain rounded nodes. */
function boxes(svg: XmlElement) {
  return groups(svg, 'function').map((node) => {
    const { x, y, width, height } = elementsNamed(node, 'rect')[0]!.attributes;
    return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
  });
}

test.each(['LR', 'TB'] as const)(
  'nodes lie inside the picture and apart from each other (%s)',
  async (orient) => {
    const graph = graphOf(
      [...largeGraph(80).nodes.values()].map((node) => ({ ...node, kind: 'function', tags: {} }) as const),
    );
    const svg = parseXml(await toSvg(graph, { orient, title: 'x'.repeat(30) }));
    const [width, height] = [Number(svg.attributes['width']), Number(svg.attributes['height'])];
    const all = boxes(svg);
    expect(all).toHaveLength(80);
    all.forEach((a, index) => {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width < width && a.y + a.height < height).toBe(true);
      for (const b of all.slice(index + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }
    });
  },
);

test('an empty graph says so', async () => {
  expect(texts(parseXml(await toSvg(graphOf([]))))).toEqual(['no nodes']);
});

test.each([300, 500])('draws %i nodes', async (size) => {
  expect(groups(parseXml(await toSvg(largeGraph(size))), 'node')).toHaveLength(size);
});

test('a chain of 5000 nodes is drawn', async () => {
  const chain = graphOf(
    Array.from({ length: 5000 }, (_, i) => ({ name: `s${i}`, needs: i === 0 ? [] : [`s${i - 1}`] })),
  );
  expect(await toSvg(chain)).toContain('>s4999<');
});

test('the same graph gives the same bytes, whatever was drawn before', async () => {
  const first = await toSvg(marketing, { outputs: ['spendMean'] });
  await toSvg(largeGraph(40), { orient: 'TB' });
  expect(await toSvg(marketing, { outputs: ['spendMean'] })).toBe(first);
  const [one, two] = await Promise.all([toSvg(marketing), toSvg(marketing)]);
  expect(one).toBe(two);
});

test('hostile texts are inert', async () => {
  const graph = graphOf(
    hostileTexts.map((text) => ({ name: text, type: text, doc: text, bound: { [text]: text } })),
  );
  const svg = parseXml(await toSvg(graph, { title: hostileTexts.join(' ') }));
  for (const name of ['script', 'style', 'a', 'image', 'foreignObject', 'use']) {
    expect(elementsNamed(svg, name)).toEqual([]);
  }
  expect(titles(svg)).toEqual(createDrawing(graph).nodes.map(({ tooltip }) => tooltip));
});

test('law: the document is well-formed XML and says what the drawing says', async () => {
  await fc.assert(
    fc.asyncProperty(anyGraph(), anyText, async (graph, title) => {
      const svg = parseXml(await toSvg(graph, { title }));
      const { nodes, edges } = createDrawing(graph);
      expect(titles(svg)).toEqual(nodes.map(({ tooltip }) => tooltip));
      expect(titles(svg, 'edge')).toEqual(edges.map(({ from, to }) => `${from.fullName} → ${to.fullName}`));
    }),
    { numRuns: 60 },
  );
});

test('an unknown output is reported before anything is loaded', async () => {
  await expect(toSvg(marketing, { outputs: ['x'] })).rejects.toThrow(FlowerPowerError);
});
