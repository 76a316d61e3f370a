/** Every modifier, as one would write it for the export `x` of the laws, with what it may change for another one. */
import {
  cache,
  checkOutput,
  collect,
  dataLoader,
  dataSaver,
  exclude,
  extractColumns,
  extractFields,
  inject,
  loadFrom,
  notNull,
  parallelizable,
  parameterize,
  pipeInput,
  pipeOutput,
  predicate,
  resolve,
  retry,
  runOn,
  saveTo,
  schema,
  source,
  step,
  subdag,
  tag,
  tagOutputs,
  timeout,
  unpackFields,
  value,
  when,
  withColumns,
} from '../../index.js';

export type Row = { a: number; b: number };

const loaded = { type: 'shelf', options: {}, load: () => [rowsOf(5, 6), { rows: 2 }] };
const shelf = { type: 'shelf', options: {}, save: () => ({ size: 1 }) };
const within = { rows: ({ other }: { other: Row[] }) => [...other], scale: () => 10 };
const columns = { c: ({ a }: { a: number[] }) => a };
const same = (list: unknown) => list;

/** What each may change for the other. */
export const modifiers: Readonly<Record<string, readonly [kind: Kind, make: () => unknown]>> = {
  checkOutput: ['outcome', () => checkOutput(notNull())],
  checkToFail: ['outcome', () => checkOutput(notNull(), { importance: 'fail' })],
  dataLoader: ['outcome', () => dataLoader()],
  dataSaver: ['outcome', () => dataSaver()],
  extractColumns: ['outcome', () => extractColumns('a')],
  extractFields: ['outcome', () => extractFields('length' as never)],
  parallelizable: ['outcome', () => parallelizable()],
  pipeOutput: ['outcome', () => pipeOutput(step(same))],
  saveTo: ['outcome', () => saveTo(shelf as never)],
  unpackFields: ['outcome', () => unpackFields('first', 'second')],
  inject: ['binding', () => inject({ rows: source('other') })],
  injectValue: ['binding', () => inject({ scale: value(2) })],
  loadFrom: ['binding', () => loadFrom({ rows: loaded } as never)],
  parameterize: ['binding', () => parameterize({ one: { scale: 1 }, two: { scale: 2 } })],
  parameterizeOne: ['binding', () => parameterize({ one: { scale: 1 } })],
  collect: ['way', () => collect('rows' as never)],
  pipeInput: [
    'way',
    () =>
      pipeInput(
        step((list: unknown[]) => list.slice(0)),
        { on: 'rows' } as never,
      ),
  ],
  subdag: ['way', () => subdag({ modules: [within], inputs: { other: source('other') } })],
  withColumns: [
    'way',
    () => withColumns({ modules: [columns], columnsToPass: ['a'], select: ['c'], on: 'rows' } as never),
  ],
  cache: ['note', () => cache('recompute')],
  resolve: ['note', () => resolve(['on'], () => tag({ resolved: 'yes' }) as never)],
  retry: ['note', () => retry({ maxRetries: 1, retryDelay: 0 })],
  runOn: ['note', () => runOn('here')],
  schema: ['note', () => schema({ a: 'number' })],
  tag: ['note', () => tag({ owner: 'x' })],
  tagOutputs: ['note', () => tagOutputs({ x: { one: 'x' } } as never)],
  timeout: ['note', () => timeout(5)],
  exclude: ['condition', () => exclude()],
  predicate: ['condition', () => predicate(['on'], ({ on }) => on === true)],
  when: ['condition', () => when({ on: true })],
};

/**
 * - `outcome`: works on the nodes that none of the export follows, and makes others.
 * - `binding`: says what parameters take; of two for the same parameter the later holds.
 * - `way`: changes what a parameter takes on its way.
 * - `note`: says something of the nodes that there are; changes no value.
 * - `condition`: keeps all or none.
 */
export type Kind = 'outcome' | 'binding' | 'way' | 'note' | 'condition';

const rowsOf = (...numbers: number[]) => numbers.map((a) => ({ a, b: a + 1 }));

/** Values of what `x` and its modifiers take from outside. */
export const given: Readonly<Record<string, unknown>> = { rows: rowsOf(1, 3), other: rowsOf(7, 9), scale: 3 };
