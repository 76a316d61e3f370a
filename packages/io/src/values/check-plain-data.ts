/**
 * Finds what JSON would drop, change or refuse without naming the place: undefined, functions, symbols, bigint, NaN
 * and infinities, invalid dates, Map, Set and other class instances, holes in arrays, cycles; what is nested too deeply
 * to be written, and what cannot even be read: getters that throw, revoked proxies.
 */
import { types } from 'node:util';
import { kindOf, messageOf, shorten } from '@flowerpower/core';
import { type IoProblem, ioErrorOf } from '../errors/io-error.js';
import { isPlainObject } from './plain-object.js';

export interface DataFault {
  /** Where, for example `$.rows[3].total`. */
  readonly path: string;
  readonly what: string;
  readonly hint: string;
}

/** As many faults as an error lists. */
const maxFaults = 20;

/**
 * Throws FP_IO_VALUE with every fault of a value, at most 20.
 *
 * @param where - begins the sentence: `Row 3 for 'a.jsonl'`.
 * @param maxDepth - levels of arrays and objects that the format takes.
 */
export function checkPlainData(value: unknown, where: string, maxDepth: number): void {
  const faults = findFaults(value, maxDepth);
  if (faults.length === 0) return;
  const problems = faults.map(
    ({ path, what, hint }): IoProblem => ({
      code: 'FP_IO_VALUE',
      // A list has the rest in its title.
      message: `${faults.length === 1 ? `${where} cannot be saved: ` : ''}${path} is ${what}.`,
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
export function findFaults(root: unknown, maxDepth = Infinity): DataFault[] {
  const faults: DataFault[] = [];
  const open = new Set<object>();
  // A stack of its own, because data may be nested deeper than calls can be.
  const stack: Frame[] = [];

  const report = (fault: Fault): void => {
    faults.push({ path: pathOf(stack), ...fault });
  };
  const visit = (given: unknown, key: string): void => {
    const { value, fault = faultOf(value, open) } = jsonForm(given, key);
    if (fault !== undefined) return report(fault);
    if (typeof value !== 'object' || value === null || types.isDate(value)) return;
    if (stack.length === maxDepth) return report(tooDeep(maxDepth));
    const keys = Array.isArray(value) ? undefined : Object.keys(value);
    open.add(value);
    stack.push({ value, keys, size: keys?.length ?? (value as unknown[]).length, next: 0 });
  };
  const visitChild = (frame: Frame): void => {
    const key = frame.keys?.[frame.next] ?? frame.next;
    frame.next++;
    const depth = stack.length;
    try {
      visit(Reflect.get(frame.value, key), String(key));
    } catch (error) {
      stack.length = depth;
      report(unreadable(error));
    }
  };

  // As for toJSON, the root is the member '' of an object of its own, which is not on the stack.
  visitChild({ value: { '': root }, keys: [''], size: 1, next: 0 });
  for (let frame = stack.at(-1); frame !== undefined && faults.length < maxFaults; frame = stack.at(-1)) {
    if (frame.next < frame.size) {
      visitChild(frame);
      continue;
    }
    open.delete(frame.value);
    stack.pop();
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
    const what = `an object whose toJSON fails (${shorten(messageOf(error), 200)})`;
    return { value, fault: { what, hint: plainHint } };
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
        what: `the bigint ${shorten(String(value), 60)}n`,
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
  return { what: kindOf(value), hint: 'Convert it to a plain object or an array first.' };
}

const plainHint = 'Convert it to plain data first.';

function unreadable(error: unknown): Fault {
  return { what: `a value that cannot be read (${shorten(messageOf(error), 200)})`, hint: plainHint };
}

function tooDeep(maxDepth: number): Fault {
  return {
    what: `nested deeper than ${maxDepth} levels`,
    hint: 'Store the data flatter, for example as a list of records that name their parents.',
  };
}

/** Of a long way only its beginning and its end. */
function pathOf(stack: readonly Frame[]): string {
  const path = `$${stack.map(step).join('')}`;
  return path.length <= 200 ? path : `${path.slice(0, 100)} … ${path.slice(-80)}`;
}

/** The step from a frame to the child that was taken last. */
function step({ keys, next }: Frame): string {
  const key = keys?.[next - 1];
  if (key === undefined) return `[${next - 1}]`;
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `.${shorten(key, 60)}`;
  return `[${JSON.stringify(shorten(key, 60))}]`;
}
