import { instance } from '@viz-js/viz';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGraph } from '../__fixtures__/arbitrary.js';
import { graphOf, hostileTexts, marketing, shops } from '../__fixtures__/graphs.js';
import { elementsNamed, parseXml, textOf } from '../__fixtures__/xml.js';
import { createDrawing } from '../drawing/create-drawing.js';
import { plainLine } from '../drawing/plain-text.js';
import { toDot } from './to-dot.js';

const viz = await instance();

/** Renders with graphviz itself; anything it complains about fails the test. */
function render(dot: string) {
  const result = viz.render(dot, { format: 'svg' });
  // Its table of letter widths ends early; that is a matter of spacing, not of the document.
  expect(result.errors.filter(({ message }) => !/non-ASCII|metrics|width/.test(message))).toEqual([]);
  expect(result.status).toBe('success');
  return parseXml((result.output ?? '').replace(/<\?xml.*?\?>|<!DOCTYPE[^>]*>|<!--.*?-->/gs, '').trim());
}

test('draws kinds, outputs, namespaces, bound values, optional and renamed edges', () => {
  const dot = toDot(marketing, { outputs: ['spendMean'], title: 'Marketing', orient: 'TB' });
  expect(dot).toContain('rankdir=TB');
  expect(dot).toContain('<B>Marketing</B>');
  expect(dot).toMatch(/n_spend \[.*style="rounded,filled,dashed"/);
  expect(dot).toMatch(/n_currency \[.*shape=note/);
  expect(dot).toMatch(/n_rates \[.*shape=cylinder/);
  expect(dot).toMatch(/n_spendMean \[.*fillcolor="#fff0dc" color="#d55e00" penwidth=2/);
  expect(dot).toMatch(/subgraph cluster_ns_forecast \{[^}]*n_forecast_trend[^}]*\}/);
  expect(dot).toContain('label = &#34;centred&#34;');
  expect(dot).toContain('n_rates -> n_spendInEuro [label=<table>]');
  expect(dot).toContain('n_currency -> n_forecast_season [style=dashed label=<calendar>]');
  expect(dot).toContain('subgraph cluster_legend');
  expect(toDot(marketing, { showLegend: false })).not.toContain('legend');
});

test("draws fan-outs as boxes, crow's feet where items are, a branch with its cases", () => {
  const dot = toDot(shops);
  expect(dot).toMatch(/subgraph cluster_each_region \{\n *label=<<B>for each region<\/B>>/);
  expect(dot).toMatch(
    /cluster_each_region \{[^}]*n_shop [^}]*cluster_each_shop \{[^}]*n_sales [^}]*\}[^}]*\}/,
  );
  expect(dot).toContain('<B>for each shop, 4 at once</B>');
  expect(dot).toMatch(/n_region -> n_shop \[arrowhead=crow /);
  expect(dot).toMatch(/n_sales -> n_perRegion \[dir=both arrowtail=crow .*label=<failed ones too>/);
  expect(dot).toMatch(/n_report \[.*shape=diamond/);
  expect(dot).toContain('n_mode -> n_report [label=<chooses>]');
  expect(dot).toContain('n_estimate -> n_report [label=<quick, &#34;&#34;>]');
  expect(dot).toContain('n_total -> n_report [label=<otherwise>]');
  expect(dot).toContain('cache: recompute');
  expect(dot).toMatch(/legend_each .*once for each item/);
  render(dot);
});

test('an empty graph is a valid document', () => {
  render(toDot(graphOf([])));
});

test.each([...hostileTexts, 'a\\\\\\N\\l\\r\\T\\\\'].filter((text) => text.trim() !== ''))(
  '%j is shown literally',
  (text) => {
    const graph = graphOf([
      { name: `x${text}`, type: text, doc: text, bound: { value: 1 } },
      { name: 'plain' },
    ]);
    const svg = render(toDot(graph, { title: `t${text}`, showLegend: false }));
    const shown = elementsNamed(svg, 'text').map((element) => textOf(element).trim());
    const [node] = createDrawing(graph).nodes;
    // Graphviz writes a space as a no-break space.
    const spaced = (line: string) => line.replace(/ /g, '\u00A0');
    const lines = shown.map(spaced);
    expect(lines).toContain(spaced(node?.label ?? ''));
    expect(lines).toContain(spaced(node?.type ?? ''));
    expect(lines).toContain(spaced(plainLine(`t${text}`)));
    const tooltips = elementsNamed(svg, 'a').map(({ attributes }) => attributes['xlink:title']);
    expect(tooltips.map((tooltip) => spaced(tooltip ?? ''))).toContain(spaced(node?.tooltip ?? ''));
  },
);

test('law: graphviz reads whatever comes out, and the same graph gives the same bytes', () => {
  fc.assert(
    fc.property(anyGraph(), fc.string({ unit: 'binary' }), (graph, title) => {
      const dot = toDot(graph, { title });
      expect(toDot(graph, { title })).toBe(dot);
      const svg = render(dot);
      const drawn = elementsNamed(svg, 'g').filter(({ attributes }) => attributes['class'] === 'node');
      const { nodes, legend } = createDrawing(graph);
      expect(drawn).toHaveLength(nodes.length + legend.length);
    }),
    { numRuns: 60 },
  );
});
