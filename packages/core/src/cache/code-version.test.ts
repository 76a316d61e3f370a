import { briefly } from '../errors/fault.js';
import { expect, test } from 'vitest';
import { paramsPart } from '../engine/params-part.js';
import { draftGraph } from '../graph/draft-graph.js';
import { validateGraph } from '../graph/validate-graph.js';
import { defineModule, mutate, node, step, subdag, value } from '../index.js';
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

test('what is known of one export counts for it, and not what is known of its module', () => {
  const inModule = (codeVersion: string, codeVersions: Record<string, string>) => {
    const module = defineModule({ name: 'm', codeVersion, codeVersions, exports: { a: double, b: double } });
    return [codeOf([module], 'a'), codeOf([module], 'b')];
  };
  const [a, b] = inModule('1', { a: '1' });
  expect(inModule('1', { a: '2' })).toEqual([expect.not.objectContaining(a!), b]);
  expect(inModule('2', { a: '1' })).toEqual([a, expect.not.objectContaining(b!)]);
});

test('a mutation counts for the nodes that it changes', () => {
  const versionOf = (codeVersions: Record<string, string>) => {
    const _raised = mutate(
      step((n: number) => n + 1),
      { a: double },
    );
    return codeOf([defineModule({ name: 'm', codeVersions, exports: { _raised, a: double } })], 'a');
  };
  const version = versionOf({ a: '1', _raised: '1' });
  expect(versionOf({ a: '1', _raised: '1' })).toEqual(version);
  expect(versionOf({ a: '1', _raised: '2' })).not.toEqual(version);
  expect(versionOf({ a: '2', _raised: '1' })).not.toEqual(version);
});

test('nodes of a module within a node count by what that node reaches', () => {
  const versionOf = (inner: string, codeVersion?: string) => {
    const within =
      codeVersion === undefined
        ? { inner: double }
        : defineModule({ name: 'i', codeVersion, exports: { inner: double } });
    const outer = node(
      ({ inner: n }: { inner: number }) => n,
      subdag({ modules: [within], inputs: { x: value(1) } }),
    );
    const m = defineModule({ name: 'm', codeVersions: { outer: inner }, exports: { outer } });
    return codeOf([m], 'outer.inner');
  };
  expect(versionOf('1')).not.toEqual(versionOf('2'));
  expect(versionOf('1', 'own')).not.toEqual(versionOf('1'));
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
