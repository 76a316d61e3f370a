/** In types: what `withColumns` makes of a table parameter. */
import type { Flatten } from '../../types/flatten.js';
import type { InputsOf, NodesOf } from '../../types/infer.js';
import type { ColumnOf } from '../extract/extract-columns.js';
import type {
  InNamespaces,
  MayFit,
  SubgraphInputs,
  SubgraphMisfits,
  UnknownNames,
  Without,
} from './subgraph-types.js';
import type { Followed, IsUnion } from '../../types/targets.js';

/** The type parameters of one use, as one. */
interface ColumnsRequest {
  readonly modules: readonly object[];
  readonly given: unknown;
  readonly config: unknown;
  /** Columns that the sub-graph takes; `never` for none. */
  readonly columns: string;
  /** The name that the sub-graph gives to the table; `never` for none. */
  readonly table: string;
  readonly select: string;
  readonly on: string;
  readonly namespace: string;
}

/** The parameter that takes the table; `never` where the compiler does not know it. */
type KeyOf<Inputs, R extends ColumnsRequest> = [R['on']] extends [never]
  ? string extends keyof Inputs
    ? never
    : keyof Inputs & string
  : R['on'];

type TableOf<Inputs, R extends ColumnsRequest> = [KeyOf<Inputs, R>] extends [never]
  ? unknown
  : KeyOf<Inputs, R> extends keyof Inputs
    ? Required<Inputs>[KeyOf<Inputs, R>]
    : unknown;

/** A selected column may be there before; it is replaced. */
type WithoutColumns<Row, Select extends string> = Omit<Row, Select> & { readonly [S in Select]?: unknown };

type TableBefore<T, Select extends string> = unknown extends T
  ? T
  : T extends readonly (infer Row)[]
    ? readonly WithoutColumns<Row, Select>[]
    : WithoutColumns<T, Select>;

type MadeBy<Inputs, R extends ColumnsRequest> = Flatten<
  NodesOf<R['modules']> & {
    readonly [C in R['columns']]: ColumnOf<TableOf<Inputs, R>, C, never>;
  } & { readonly [P in R['table']]: TableBefore<TableOf<Inputs, R>, R['select']> } & {
    readonly with_columns: TableOf<Inputs, R>;
  }
>;

export type NodesWithColumns<Nodes, Inputs, R extends ColumnsRequest> =
  InNamespaces<Nodes, MadeBy<Inputs, R>, R['namespace']> extends infer More
    ? Followed<Nodes, keyof More, More>
    : never;

export type InputsWithColumns<Inputs, R extends ColumnsRequest> = Flatten<
  Without<Inputs, KeyOf<Inputs, R>> & {
    readonly [K in KeyOf<Inputs, R>]: TableBefore<TableOf<Inputs, R>, R['select']>;
  } & Without<SubgraphInputs<R['modules'], R['given'], R['config']>, R['columns'] | R['table']>
>;

type SubInputs<R extends ColumnsRequest> = Required<InputsOf<R['modules']>>;

type InputAt<R extends ColumnsRequest, Name> = Name extends keyof SubInputs<R> ? SubInputs<R>[Name] : unknown;

type MisfitsOfColumns<T, R extends ColumnsRequest> = {
  [C in R['columns']]: [ColumnOf<T, C, never>] extends [never]
    ? `the type of the table has no column '${C}'`
    : MayFit<ColumnOf<T, C, never>, InputAt<R, C>> extends true
      ? never
      : `the sub-graph takes another type as '${C}'`;
}[R['columns']];

type MisfitsOfTable<T, R extends ColumnsRequest> = {
  [P in R['table']]: MayFit<TableBefore<T, R['select']>, InputAt<R, P>> extends true
    ? never
    : `the sub-graph takes another type as '${P}'`;
}[R['table']];

type NodeAt<R extends ColumnsRequest, Name> =
  NodesOf<R['modules']> extends infer Sub ? (Name extends keyof Sub ? Sub[Name] : unknown) : never;

type CellsOf<Column> = Column extends ArrayLike<infer Cell> ? Cell : never;

type MisfitsOfSelect<T, R extends ColumnsRequest> = {
  [S in R['select']]: unknown extends NodeAt<R, S>
    ? never
    : NodeAt<R, S> extends ArrayLike<unknown>
      ? [ColumnOf<T, S, never>] extends [never]
        ? `the type of the table has no column '${S}'`
        : MayFit<CellsOf<NodeAt<R, S>>, CellsOf<ColumnOf<T, S, never>>> extends true
          ? never
          : `the column '${S}' of the table has another type`
      : `the node '${S}' of the sub-graph gives no column`;
}[R['select']];

/** The faults of one use, as texts; `never` when there are none. */
export type MisfitsOfWithColumns<Inputs, R extends ColumnsRequest> =
  | SubgraphMisfits<R['modules'], R['given'], R['config']>
  | UnknownNames<R['columns'] | R['table'], keyof InputsOf<R['modules']>, 'the sub-graph takes no input'>
  | UnknownNames<R['select'], keyof NodesOf<R['modules']>, 'the sub-graph has no node'>
  | UnknownNames<R['on'], keyof Inputs, 'there is no parameter'>
  | ([R['on']] extends [never]
      ? IsUnion<keyof Inputs> extends true
        ? 'say with on which parameter takes the table'
        : never
      : never)
  | ([R['columns']] extends [never]
      ? [R['table']] extends [never]
        ? 'give columnsToPass or passTableAs'
        : never
      : [R['table']] extends [never]
        ? never
        : 'give columnsToPass or passTableAs, not both')
  | MisfitsOfColumns<TableOf<Inputs, R>, R>
  | MisfitsOfTable<TableOf<Inputs, R>, R>
  | MisfitsOfSelect<TableOf<Inputs, R>, R>;
