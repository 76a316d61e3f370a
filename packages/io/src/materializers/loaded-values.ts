/** In types: what the built-in loaders give for the options they are given. */
import type { OpenRecord } from '@flowerpower/core';
import type { IoMetadata, StreamMetadata } from '../contract/io.js';

interface Cells {
  string: string;
  number: number;
  integer: number;
  bigint: bigint;
  boolean: boolean;
  date: Date;
}

/** `null` where a field may stand for it: by default, in a typed column, an empty one does. */
type NullIn<Type, Given> = Given extends { readonly nullValues: infer Nulls }
  ? [Nulls] extends [undefined]
    ? NullByDefault<Type>
    : Nulls extends readonly []
      ? never
      : null
  : NullByDefault<Type>;

type NullByDefault<Type> = Type extends 'string' ? never : null;

type Cell<Type, Given> = Type extends keyof Cells ? Cells[Type] | NullIn<Type, Given> : unknown;

type TextCell<Given> = Cell<'string', Given>;

type CellsOf<Types, Given> = string extends keyof Types
  ? unknown
  : { [K in keyof Types]: Cell<Types[K], Given> };

/** A path that is written as that of a folder, or a pattern. */
type ManyFiles = `${string}/` | `${string}${'*' | '?' | '[' | '{'}${string}`;

/** Columns of declared types, and texts; where the types are known only when the file is read, anything. */
export type CsvRow<Given> = Given extends { readonly path: ManyFiles }
  ? OpenRecord<TypedCells<Given>, unknown>
  : CsvFileRow<Given>;

type CsvFileRow<Given> = Given extends { readonly infer: infer Infer }
  ? Infer extends false
    ? DeclaredRow<Given>
    : OpenRecord<TypedCells<Given>, unknown>
  : DeclaredRow<Given>;

type TypedCells<Given> = Given extends { readonly types: infer Types } ? CellsOf<Types, Given> : unknown;

type DeclaredRow<Given> = Given extends { readonly types: infer Types }
  ? string extends keyof Types
    ? OpenRecord
    : Types extends { readonly node: string }
      ? OpenRecord
      : OpenRecord<CellsOf<Types, Given>, TextCell<Given>>
  : OpenRecord<unknown, TextCell<Given>>;

type As<Given> = Given extends { readonly as: infer Form } ? Form : 'records';

export type RowsIn<Row, Given> = [As<Given>] extends ['records']
  ? Row[]
  : [As<Given>] extends ['batches']
    ? AsyncIterable<Row[]>
    : unknown;

/** Facts about rows that are read as they are consumed are known when the last one has been delivered. */
export type RowsMetadata<Given> = [As<Given>] extends ['records']
  ? IoMetadata
  : [As<Given>] extends ['batches']
    ? StreamMetadata
    : IoMetadata | StreamMetadata;
