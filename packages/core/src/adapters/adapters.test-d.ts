import { expectTypeOf } from 'vitest';
import {
  type Adapter,
  debugAdapter,
  gracefulErrorsAdapter,
  printAdapter,
  progressAdapter,
  type SchemaResult,
  slowDownAdapter,
  typeCheckAdapter,
} from '../index.js';

abstract class Fault extends Error {}
interface UserSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult;
  };
}
declare const schema: UserSchema;

export const adapters: Adapter[] = [
  printAdapter(),
  printAdapter({ verbosity: 2, write: () => 1, nodeFilter: ({ tags }) => tags['owner'] === 'a' }),
  progressAdapter({ onProgress: ({ done }) => expectTypeOf(done).toEqualTypeOf<number>() }),
  gracefulErrorsAdapter({ errors: [Fault, RangeError, DOMException], sentinel: undefined, log: console }),
  slowDownAdapter({ delayMs: 1, sleep: async () => {} }),
  typeCheckAdapter({ schemas: { a: schema } }),
  debugAdapter({ moments: ['end'] }),
];

export const wrongUse = [
  // @ts-expect-error there are two levels
  () => printAdapter({ verbosity: 3 }),
  // @ts-expect-error without a listener it would do nothing
  () => progressAdapter({}),
  // @ts-expect-error the sentinel is chosen by the user
  () => gracefulErrorsAdapter({ errors: [Error] }),
  // @ts-expect-error errors are classes
  () => gracefulErrorsAdapter({ errors: ['RangeError'], sentinel: null }),
  // @ts-expect-error the delay is in milliseconds and has no default
  () => slowDownAdapter({ delay: 1 }),
  // @ts-expect-error no schema
  () => typeCheckAdapter({ schemas: { a: Number } }),
  // @ts-expect-error no such moment
  () => debugAdapter({ moments: ['middle'] }),
];
