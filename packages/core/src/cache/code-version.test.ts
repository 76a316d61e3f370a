import { briefly } from '../errors/fault.js';
import { expect, test } from 'vitest';
import { paramsPart } from '../engine/params-part.js';
import { draftGraph } from '../graph/draft-graph.js';
import { validateGraph } from '../graph/validate-graph.js';
import { defineModule, node } from '../index.js';
import { versioningOf } from '../inspect/node-versions.js';
import { createCodeVersions } from './code-version.js';

const codeOf = (modules: readonly object[], name: string, params = {}) => {
  const drafted = draftGraph({
    modules,
    config: {},
    bind: paramsPart(params).bind,
    allowModuleOverrides: false,
    hasPart: () => true,
    explain: briefly,
  });
  const validated = validateGraph(drafted, {}, { explain: briefly });
  const versioning = versioningOf(validated);
  return createCodeVersions({ validated, versioning })(name);
};
const double = ({ x }: { x: number }) => 2 * x;

test('code, bound values by type, and the version of the module count', () => {
  const inModule = (codeVersion?: string) =>
    codeOf([defineModule({ name: 'm', codeVersion, exports: { a: double } })], 'a');
  const versions = [
    codeOf([{ a: double }], 'a'),
    codeOf([{ a: ({ x }: { x: number }) => 3 * x }], 'a'),
    codeOf([{ a: double }], 'a', { a: { x: 1 } }),
    codeOf([{ a: double }], 'a', { a: { x: '1' } }),
    codeOf([{ a: double }], 'a', { a: { x: new Map([['k', new Date(1)]]) } }),
    codeOf([{ a: double }], 'a', { a: { x: new Map([['k', new Date(2)]]) } }),
    inModule('1'),
    inModule('2'),
  ].map((version) => ('hash' in version ? version.hash : version.uncacheable));
  expect(new Set(versions).size).toBe(versions.length);
  expect(codeOf([{ a: double }], 'a')).toEqual(inModule());
});

test('code that cannot be known is not guessed', () => {
  expect(codeOf([{ a: node({ inputs: ['x'] }, double.bind(undefined) as never) }], 'a')).toEqual({
    uncacheable: 'its function is native or bound, so its text is unknown',
  });
  expect(codeOf([{ a: double }], 'a', { a: { x: () => 1 } })).toEqual({
    uncacheable: 'of its bound values `x` is a function',
  });
  expect(codeOf([{ a: double }], 'x')).toEqual({ uncacheable: 'it has no function' });
});
