/** What the values of a physical column stand for. */
import type { SchemaElement, TimeUnit } from 'hyparquet';

export type LeafKind =
  | { readonly is: 'boolean' | 'integer' | 'number' | 'string' | 'json' | 'bytes' | 'date' }
  | { readonly is: 'uuid' | 'interval' | 'null' | 'enum' }
  /** Of 64 bits. */
  | { readonly is: 'bigint' }
  | { readonly is: 'decimal'; readonly scale: number }
  /** `utc`: an instant; otherwise what a clock somewhere showed. */
  | { readonly is: 'timestamp'; readonly unit: TimeUnit; readonly utc: boolean }
  | { readonly is: 'time'; readonly unit: TimeUnit };

export function kindOfLeaf(element: SchemaElement): LeafKind {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (logical?.type === 'TIMESTAMP')
    return { is: 'timestamp', unit: logical.unit, utc: logical.isAdjustedToUTC };
  if (logical?.type === 'TIME') return { is: 'time', unit: logical.unit };
  if (logical?.type === 'UUID') return { is: 'uuid' };
  if (logical?.type === 'NULL') return { is: 'null' };
  if (logical?.type === 'FLOAT16') return { is: 'number' };
  if (logical?.type === 'DECIMAL') return { is: 'decimal', scale: logical.scale };
  switch (converted) {
    case 'UTF8':
      return { is: 'string' };
    case 'ENUM':
      return { is: 'enum' };
    case 'JSON':
      return { is: 'json' };
    case 'INTERVAL':
      return { is: 'interval' };
    case 'DECIMAL':
      return { is: 'decimal', scale: element.scale ?? 0 };
    case 'DATE':
      return { is: 'date' };
    case 'TIME_MILLIS':
      return { is: 'time', unit: 'MILLIS' };
    case 'TIME_MICROS':
      return { is: 'time', unit: 'MICROS' };
    case 'TIMESTAMP_MILLIS':
      return { is: 'timestamp', unit: 'MILLIS', utc: true };
    case 'TIMESTAMP_MICROS':
      return { is: 'timestamp', unit: 'MICROS', utc: true };
    default:
  }
  if (logical?.type === 'STRING') return { is: 'string' };
  if (logical?.type === 'JSON') return { is: 'json' };
  if (logical?.type === 'DATE') return { is: 'date' };
  switch (type) {
    case 'BOOLEAN':
      return { is: 'boolean' };
    case 'INT32':
      return { is: 'integer' };
    case 'INT64':
      return { is: 'bigint' };
    case 'INT96':
      return { is: 'timestamp', unit: 'NANOS', utc: true };
    case 'FLOAT':
    case 'DOUBLE':
      return { is: 'number' };
    default:
      return { is: 'bytes' };
  }
}

/**
 * The element as the library is to decode it: only what it does without loss. It would round decimals to numbers, refuse
 * intervals, and let JSON round the numbers in it.
 */
export function plainElement(element: SchemaElement): SchemaElement {
  const { converted_type: _converted, logical_type: logical, ...plain } = element;
  // What makes lists and maps of groups is asked of the older of the two notes only.
  if (element.num_children !== undefined && (logical?.type === 'LIST' || logical?.type === 'MAP'))
    return { ...element, converted_type: logical.type };
  if (element.num_children !== undefined) return element;
  switch (kindOfLeaf(element).is) {
    case 'string':
    case 'enum':
      return { ...plain, converted_type: 'UTF8' };
    case 'decimal':
    case 'interval':
    case 'json':
    case 'bytes':
    case 'time':
    case 'date':
    case 'null':
      return plain;
    case 'timestamp':
      // Of 96 bits, which only the library takes apart.
      return plain;
    default:
      return element;
  }
}
