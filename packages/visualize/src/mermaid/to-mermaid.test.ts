import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGraph, anyText } from '../__fixtures__/arbitrary.js';
import { graphOf, marketing, shops } from '../__fixtures__/graphs.js';
import { createDrawing } from '../drawing/create-drawing.js';
import { plainLine } from '../drawing/plain-text.js';
import { mermaidText } from './escape.js';
import { toMermaid } from './to-mermaid.js';

test('draws kinds, outputs, namespaces, bound values, optional and renamed edges', () => {
  const graph = graphOf([
    { name: 'spend', kind: 'input', type: 'number[]' },
    { name: 'currency', kind: 'config' },
    { name: 'rates', kind: 'loader', needs: ['currency'] },
    { name: 'in.euro', type: 'Map<string, number>', bound: { digits: 2 }, needs: ['spend', 'table=rates'] },
    { name: 'in.mean', needs: ['euro=in.euro', '?currency'] },
    { name: 'save', kind: 'saver', needs: ['value=in.mean'] },
  ]);
  expect(
    toMermaid(graph, { orient: 'TB', outputs: ['save'], title: 'A "title"', showLegend: false }),
  ).toBe(`---
title: "A \\"title\\""
---
flowchart TB
  n_spend(["<b>spend</b><br/><small>number[]</small>"]):::is_input
  n_currency>"<b>currency</b>"]:::is_config
  n_rates[("<b>rates</b>")]:::is_loader
  n_save[/"<b>save</b>"/]:::is_output
  subgraph ns_in ["in"]
    n_in_euro("<b>euro</b><br/><small>Map#60;string, number#62;</small><br/><small>digits = 2</small>"):::is_function
    n_in_mean("<b>mean</b>"):::is_function
  end
  n_currency --> n_rates
  n_spend --> n_in_euro
  n_rates -->|"table"| n_in_euro
  n_in_euro --> n_in_mean
  n_currency -.-> n_in_mean
  n_in_mean -->|"value"| n_save
  classDef is_input fill:#ffffff,stroke:#7b8aa0,color:#1e293b,stroke-dasharray:5 4
  classDef is_config fill:#faf3dc,stroke:#a07c16,color:#1e293b
  classDef is_loader fill:#e3f5ee,stroke:#0a8f6a,color:#1e293b
  classDef is_function fill:#e8f1fb,stroke:#3f7fc1,color:#1e293b
  classDef is_output fill:#fff0dc,stroke:#d55e00,color:#1e293b,stroke-width:2.5px
  classDef in_namespace fill:#f6f8fb,stroke:#d5dde8,color:#52627a
  class ns_in in_namespace
`);
});

test('draws fan-outs as boxes, items with thick arrows and a word, a branch with its cases', () => {
  const text = toMermaid(shops);
  expect(text).toContain(`
  subgraph each_region ["for each region"]
    n_shop("<b>shop</b>"):::is_function
    n_perRegion("<b>perRegion</b>"):::is_function
    subgraph each_shop ["for each shop, 4 at once"]
      n_sales("<b>sales</b><br/><small>cache#58; recompute</small>"):::is_function
    end
  end
  n_region ==>|"each"| n_shop
  n_shop ==>|"each"| n_sales
  n_sales ==>|"all · failed ones too"| n_perRegion
  n_region ==>|"each"| n_perRegion
  n_perRegion ==>|"all · sums #183; as a stream"| n_total
  n_mode -->|"chooses"| n_report
  n_estimate -->|"quick, #34;#34;"| n_report
  n_total -->|"otherwise"| n_report
`);
  expect(text).toContain('n_report{"<b>report</b>"}:::is_branch');
  expect(text).toContain('|"each#58; once for each item"|');
  expect(text).toContain('class each_region,each_shop in_fanOut');
});

test('every class that a node or the legend uses is defined', () => {
  const text = toMermaid(marketing, { outputs: ['spendMean'] });
  const used = new Set(Array.from(text.matchAll(/(?::::|^ *class \S+ )(\w+)/gm), ([, name]) => name));
  const defined = new Set(Array.from(text.matchAll(/classDef (\w+)/g), ([, name]) => name));
  expect(defined).toEqual(used);
  expect(used).toContain('is_saver');
  expect(text).toContain('subgraph legend');
});

test.each([
  ['**bold** `code`', '#42;#42;bold#42;#42; #96;code#96;'],
  ['snake_case _em_', 'snake_case #95;em#95;'],
  ['%%{init: 1}%%', '#37;#37;#123;init#58; 1#125;#37;#37;'],
  ['#quot;', '#35;quot#59;'],
  ['- item', '#45; item'],
  ['1. item', '1#46; item'],
  ['www.example.com', 'www#46;example.com'],
  ['[a](b)', '[a]#40;b#41;'],
  ['number[] | null', 'number[] #124; null'],
])('%s cannot be taken for markup', (text, escaped) => {
  expect(mermaidText(text)).toBe(escaped);
});

/** What Mermaid decodes last. */
const decode = (text: string) => text.replace(/#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code)));

test('law: an escaped text decodes to itself and holds nothing that Mermaid reacts to', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const line = plainLine(text);
      const escaped = mermaidText(line);
      expect(decode(escaped)).toBe(line);
      expect(escaped.replace(/#\d+;/g, '')).not.toMatch(/["'`<>&#;:%{}()|\\*~^@/\p{Cc}\p{Cs}]/u);
    }),
  );
});

test('law: each statement stays on its line, whatever the texts', () => {
  const statement =
    /^ *(?:\w+(?:\(|\(\[|>|\[\(|\{|\{\{|\[\/)"[^"]*"(?:\)|\]\)|\]|\)\]|\}|\}\}|\/\]):::\w+|\w+ (?:-->|-\.->|==>)(?:\|"[^"]*"\|)? \w+|subgraph \w+ \["[^"]*"\]|end|classDef \w+ [\w:#,. -]+|class [\w,]+ \w+)$/;
  fc.assert(
    fc.property(anyGraph(), anyText, (graph, title) => {
      const text = toMermaid(graph, { title, showLegend: false });
      expect(toMermaid(graph, { title, showLegend: false })).toBe(text);
      const lines = text.split('\n');
      const start = lines.findIndex((line) => line === 'flowchart LR');
      expect([0, 3]).toContain(start);
      if (start === 3) expect(JSON.parse(lines[1]!.slice('title: '.length))).toBe(plainLine(title));
      const statements = lines.slice(start + 1, -1);
      for (const line of statements) expect(line).toMatch(statement);
      const { nodes, edges } = createDrawing(graph);
      expect(statements.filter((line) => /^ *\w+ (?:-->|-\.->|==>)/.test(line))).toHaveLength(edges.length);
      expect(statements.filter((line) => line.includes(':::'))).toHaveLength(nodes.length);
    }),
  );
});
