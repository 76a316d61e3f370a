/**
 * Finds what JSON would drop, change or refuse without naming the place: undefined, functions, symbols, bigint, NaN
 * and infinities, invalid dates, Map, Set and other class instances, holes in arrays, cycles.
 */
import { messageOf } from '@flowerpower/core';
import { types } from 'node:util';
import { type IoProblem, ioErrorOf } from '../errors/io-error.js';
import { describe } from './describe.js';
import { isPlainObject } from './plain-object.js';

export interface DataFault {
  /** Where, for example `$.rows[3].total`. */
  readonly path: string;
  readonly what: string;
  readonly hint: string;
}

/** As many faults as an error lists. */
const maxFaults = 20;

/** Throws FP_IO_VALUE with every fault of a value, at most 20. `where` begins the sentence: `Row 3 for 'a.jsonl'`. */
export function checkPlainData(value: unknown, where: string): void {
  const faults = findFaults(value);
  if (faults.length === 0) return;
  const problems = faults.map(
    ({ path, what, hint }): IoProblem => ({
      code: 'FP_IO_VALUE',
      message: `${where} cannot be saved: ${path} is ${what}.`,
      hint,
    }),
  );
  throw ioErrorOf(problems, `${where} cannot be saved`);
}

interface Frame {
  readonly value: object;
  /** Undefined for an array, whose keys are 0, 1, 2 … */
  readonly keys: readonly string[] | undefined;
  readonly size: number;
  /** The child to visit next. */
  next: number;
}

/** The first faults in document order, at most 20. */
export function findFaults(root: unknown): DataFault[] {
  const faults: DataFault[] = [];
  const open = new Set<object>();
  // A stack of its own, because data may be nested deeper than calls can be.
  const stack: Frame[] = [];

  const visit = (given: unknown, key: string): void => {
    const { value, fault = faultOf(value, open) } = jsonForm(given, key);
    if (fault !== undefined) faults.push({ path: `$${stack.map(step).join('')}`, ...fault });
    else if (typeof value === 'object' && value !== null && !types.isDate(value)) {
      const keys = Array.isArray(value) ? undefined : Object.keys(value);
      open.add(value);
      stack.push({ value, keys, size: keys?.length ?? (value as unknown[]).length, next: 0 });
    }
  };

  visit(root, '');
  for (let frame = stack.at(-1); frame !== undefined && faults.length < maxFaults; frame = stack.at(-1)) {
    if (frame.next === frame.size) {
      open.delete(frame.value);
      stack.pop();
      continue;
    }
    const key = frame.keys?.[frame.next] ?? frame.next;
    frame.next++;
    visit(Reflect.get(frame.value, key), String(key));
  }
  return faults;
}

type Fault = Omit<DataFault, 'path'>;

/** Objects may say themselves how they are stored. A Date does too, but an invalid one says null. */
function jsonForm(value: unknown, key: string): { value: unknown; fault?: Fault } {
  if (typeof value !== 'object' || value === null || types.isDate(value)) return { value };
  const toJson: unknown = Reflect.get(value, 'toJSON');
  if (typeof toJson !== 'function') return { value };
  try {
    return { value: toJson.call(value, key) as unknown };
  } catch (error) {
    return {
      value,
      fault: {
        what: `an object whose toJSON fails (${messageOf(error)})`,
        hint: 'Convert it to plain data first.',
      },
    };
  }
}

function faultOf(value: unknown, open: ReadonlySet<object>): Fault | undefined {
  switch (typeof value) {
    case 'undefined':
      return { what: 'undefined', hint: 'Use null, or leave the key out.' };
    case 'function':
    case 'symbol':
      return { what: `a ${typeof value}`, hint: 'Leave it out.' };
    case 'bigint':
      return {
        what: `the bigint ${value}n`,
        hint: 'Convert it with Number() if it is small enough, or with String().',
      };
    case 'number':
      return Number.isFinite(value) ? undefined : { what: String(value), hint: 'Use null, or a text.' };
    case 'object':
      return value === null ? undefined : objectFault(value, open);
    default:
      return undefined;
  }
}

function objectFault(value: object, open: ReadonlySet<object>): Fault | undefined {
  if (open.has(value)) return { what: 'part of a cycle', hint: 'Leave out the reference that leads back.' };
  if (types.isDate(value)) {
    return Number.isNaN(value.getTime()) ? { what: 'an invalid Date', hint: 'Use null.' } : undefined;
  }
  if (Array.isArray(value) || isPlainObject(value)) return undefined;
  return { what: describe(value), hint: 'Convert it to a plain object or an array first.' };
}

/** The step from a frame to the child that was taken last. */
function step({ keys, next }: Frame): string {
  const key = keys?.[next - 1];
  if (key === undefined) return `[${next - 1}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
