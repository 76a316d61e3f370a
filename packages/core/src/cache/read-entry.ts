/** What a store answers for a key, judged: a store may be anybody's. */
import { readProperty } from '../errors/read-property.js';
import { shapeOf } from '../errors/shape-of.js';
import type { CachedValue, CacheStore } from './cache-store.js';
import type { Miss } from './explain.js';
import { chain } from './settle.js';

export interface FoundEntry {
  readonly dataVersion: string;
  readonly cached: CachedValue;
}

/** Looks at each answer on its way, such as to note who has given a promise. */
type Receive = <T>(given: T) => T;

/**
 * The entry of a key, why there is no value although there is a key, or undefined. Throws, or rejects with, what the
 * store does, and a TypeError for what no store may answer.
 */
export function readEntry(
  store: Pick<CacheStore, 'getVersion' | 'getValue'>,
  key: string,
  receive: Receive = (given) => given,
): FoundEntry | Miss | undefined | Promise<FoundEntry | Miss | undefined> {
  return chain(receive(store.getVersion(key)), (found) => {
    if (found === undefined) return undefined;
    if (typeof readProperty(found, 'dataVersion') !== 'string') throw badAnswer('getVersion', found);
    const { dataVersion, cached } = found;
    if (cached !== undefined) return { dataVersion, cached: asCached('getVersion', cached) };
    return chain(receive(store.getValue(dataVersion)), (value) =>
      value === undefined ? { reason: 'evicted' } : { dataVersion, cached: asCached('getValue', value) },
    );
  });
}

/** A value is wrapped, because `undefined` is one too: what is not a wrapper was never stored. */
function asCached(method: string, answer: unknown): CachedValue {
  if (typeof answer === 'object' && answer !== null && Object.hasOwn(answer, 'value'))
    return answer as CachedValue;
  throw badAnswer(method, answer);
}

function badAnswer(method: string, answer: unknown): TypeError {
  const wanted = method === 'getValue' ? '{ value }' : '{ dataVersion, cached? }';
  return new TypeError(`${method} answered ${shapeOf(answer)}, where ${wanted} or undefined is needed`);
}
