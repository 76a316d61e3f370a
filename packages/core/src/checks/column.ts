import { aText, withMethods } from '../errors/option-rules.js';
import { hasPart, partOf } from '../draft/missing-part.js';
import {
  type CheckProblem,
  decidesOf,
  type Finding,
  type Items,
  itemsCheck,
  type ItemsCheck,
  settle,
} from './check.js';

/** A record that may have the column. */
type RowWith<Key extends string, Item> = { readonly [K in Key]?: Item };

/**
 * Looks at one column of an array of records (or at one field of a record) through another check. Nothing is
 * copied: the check reads `rows[i][key]`.
 *
 * The node of `column('price', inRange(0, 9))` is `X_price_inRange`; a character of the column's name that no
 * identifier has becomes `_`. When there are rows but none of them has the column, the check fails.
 *
 * @example
 * ```ts
 * import { column, inRange } from '@flowerpower/core';
 *
 * column('price', inRange(0, 9)).check([{ price: 3 }, { price: 12 }]);
 * // {
 * //   message: "1 of 2 items of 'price' is not between 0 and 9: 12 at 1",
 * //   failures: { count: 1, first: [{ index: 1, value: '12' }] },
 * // }
 * ```
 */
export function column<const Key extends string, Item, Name extends string>(
  key: Key,
  check: ItemsCheck<Item, never, Name>,
): ItemsCheck<
  RowWith<Key, Item>,
  RowWith<Key, Item> | readonly RowWith<Key, Item>[],
  `${AsIdentifier<Key>}_${Name}`
> {
  const isSound = aText.fits(key) && withMethods('', 'inspect').fits(check);
  if (!isSound)
    return itemsCheck({
      name: 'column' as never,
      description: 'column(…)',
      problem: noColumn,
      inspect: () => true,
    });
  return itemsCheck({
    name: `${asIdentifier(key)}_${check.name}` as `${AsIdentifier<Key>}_${Name}`,
    description: `column('${key}', ${check.description})`,
    decides: { key, ...decidesOf(check) },
    problem: check.problem,
    inspect(rows) {
      let isPresent = false;
      const path = rows.column === undefined ? key : `${rows.column}.${key}`;
      const items: Items<Item> = {
        count: rows.count,
        single: rows.single,
        column: path,
        at(index) {
          const row = rows.at(index) as Record<string, Item> | null | undefined;
          if (typeof row !== 'object' || row === null) return undefined as Item;
          isPresent ||= hasPart(row, key);
          return partOf(row, key) as Item;
        },
      };
      return settle(
        check.inspect(items),
        (finding): Finding =>
          isPresent || rows.count === 0 ? finding : { message: `no record has '${path}'` },
      );
    },
  });
}

const noColumn: CheckProblem = {
  message: 'column(…) names no column, or no check of single elements',
  hint: "Write column('price', inRange(0, 100)).",
};

type NotInNames =
  | ' '
  | '!'
  | '"'
  | '#'
  | '%'
  | '&'
  | "'"
  | '('
  | ')'
  | '*'
  | '+'
  | ','
  | '-'
  | '.'
  | '/'
  | ':'
  | ';'
  | '<'
  | '='
  | '>'
  | '?'
  | '@'
  | '['
  | '\\'
  | ']'
  | '^'
  | '`'
  | '{'
  | '|'
  | '}'
  | '~';

/** The text with every ASCII character that no identifier has replaced by `_`. */
type AsIdentifier<Text extends string, Done extends string = ''> = string extends Text
  ? string
  : Text extends `${infer Head}${infer Tail}`
    ? AsIdentifier<Tail, `${Done}${Head extends NotInNames ? '_' : Head}`>
    : Done;

function asIdentifier(text: string): string {
  return text.replaceAll(/[^\p{ID_Continue}$]/gu, '_');
}
