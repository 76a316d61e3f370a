/** In types: what the built-in loaders give for the options they are given. */
import type { OpenRecord } from '@flowerpower/core';
import type { IoMetadata, StreamMetadata } from '../contract/io.js';

/** An empty field of a typed column is null. */
interface Cells {
  string: string;
  number: number | null;
  integer: number | null;
  bigint: bigint | null;
  boolean: boolean | null;
  date: Date | null;
}

type CellsOf<Types> = string extends keyof Types
  ? unknown
  : { [K in keyof Types]: Types[K] extends keyof Cells ? Cells[Types[K]] : unknown };

/** Columns of declared types, and texts; where the types are known only when the file is read, anything. */
export type CsvRow<Given> = Given extends { readonly infer: infer Infer }
  ? Infer extends false
    ? DeclaredRow<Given>
    : OpenRecord<TypedCells<Given>, unknown>
  : DeclaredRow<Given>;

type TypedCells<Given> = Given extends { readonly types: infer Types } ? CellsOf<Types> : unknown;

type DeclaredRow<Given> = Given extends { readonly types: infer Types }
  ? string extends keyof Types
    ? OpenRecord
    : Types extends { readonly node: string }
      ? OpenRecord
      : OpenRecord<CellsOf<Types>, string>
  : OpenRecord<unknown, string>;

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
