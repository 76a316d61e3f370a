/** Orders lie on S3, prices on Google Cloud Storage; the functions know neither. */
import { fileSystemOf, type NodeContext } from 'flowerpower';

interface Order {
  readonly product: string;
  readonly quantity: number;
}

interface Price {
  readonly product: string;
  readonly price: number;
}

export interface Revenue {
  readonly product: string;
  readonly revenue: number;
}

/** The price of each product. */
export function priceOf({ prices }: { prices: readonly Price[] }): ReadonlyMap<string, number> {
  return new Map(prices.map(({ product, price }) => [product, price]));
}

/** What each product brought, in the order in which they were first sold. */
export function revenue({
  orders,
  priceOf,
}: {
  orders: readonly Order[];
  priceOf: ReadonlyMap<string, number>;
}): Revenue[] {
  const sums = new Map<string, number>();
  for (const { product, quantity } of orders) {
    const price = priceOf.get(product);
    if (price === undefined) throw new Error(`There is no price for '${product}'.`);
    sums.set(product, (sums.get(product) ?? 0) + quantity * price);
  }
  return [...sums].map(([product, revenue]) => ({ product, revenue }));
}

/** What all of them brought. */
export function total({ revenue }: { revenue: readonly Revenue[] }): number {
  return revenue.reduce((sum, row) => sum + row.revenue, 0);
}

/** What else was delivered: a node may look for itself, wherever the project says that `shop` is. */
export async function delivered(ctx: NodeContext): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of fileSystemOf(ctx, 'shop').glob('raw/*.csv.gz')) paths.push(path);
  return paths;
}
