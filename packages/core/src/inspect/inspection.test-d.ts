import { expectTypeOf } from 'vitest';
import {
  createDriver,
  defineModule,
  type ExportedExecution,
  type GraphNode,
  type GraphVersions,
} from '../index.js';

const m = {
  double: ({ x, unit = '' }: { x: number; unit?: string }) => `${2 * x}${unit}`,
  label: ({ double }: { double: string }) => double,
};
const driver = createDriver({ modules: [m] });

export function answers() {
  expectTypeOf(driver.listAvailableVariables()).toEqualTypeOf<readonly GraphNode[]>();
  driver.listAvailableVariables({ tags: { owner: 'a', team: ['a', 'b'], pii: null } });
  // @ts-expect-error a tag is a text
  driver.listAvailableVariables({ tags: { owner: 1 } });
  // @ts-expect-error no tag filter
  driver.listAvailableVariables({ owner: 'a' });

  expectTypeOf(driver.upstreamOf('label', 'x')).toEqualTypeOf<readonly string[]>();
  expectTypeOf(driver.versions()).toEqualTypeOf<GraphVersions>();
  driver.downstreamOf('unit');
  driver.pathBetween('x', 'label');
  // @ts-expect-error neither a node nor an input
  driver.upstreamOf('lable');
  // @ts-expect-error neither a node nor an input
  driver.downstreamOf('double', 'y');
  // @ts-expect-error neither a node nor an input
  driver.pathBetween('x', 'y');
}

export function requests() {
  expectTypeOf(driver.exportExecution(['label'], { inputs: { x: 1 } })).toEqualTypeOf<ExportedExecution>();
  driver.validateExecution(['label'], { overrides: { double: '2' }, onError: 'continue' });
  // @ts-expect-error no such output
  driver.validateExecution(['lable']);
  // @ts-expect-error an input of the wrong type
  driver.validateExecution(['label'], { inputs: { x: 'one' } });
  // @ts-expect-error no such output
  driver.exportExecution(['lable']);
  // @ts-expect-error values of overrides are typed
  driver.exportExecution(['label'], { overrides: { double: 2 } });
}

export function opaqueModulesTakeAnyName() {
  const loaded: object = {};
  createDriver({ modules: [defineModule({ name: 'loaded', exports: loaded })] }).upstreamOf('anything');
  const positional = createDriver({
    modules: [{ sum: (values: number[], start: number) => start + values.length }],
  });
  positional.upstreamOf('start', 'sum');
}
