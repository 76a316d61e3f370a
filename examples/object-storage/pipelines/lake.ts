/** Orders in CSV on S3, products in Parquet on Google Cloud Storage, their join in a folder of Parquet here. */

interface Order {
  readonly day: Date;
  readonly product: string;
  readonly quantity: number;
}

interface Product {
  readonly product: string;
  readonly category: string;
  readonly price: number;
}

export interface Sale {
  readonly year: number;
  readonly month: number;
  readonly day: Date;
  readonly product: string;
  readonly category: string;
  readonly revenue: number;
}

/** Each product by its name. */
export function productOf({ products }: { products: readonly Product[] }): ReadonlyMap<string, Product> {
  return new Map(products.map((product) => [product.product, product]));
}

/** Each order with what its product is and what it brought. */
export function sales({
  orders,
  productOf,
}: {
  orders: readonly Order[];
  productOf: ReadonlyMap<string, Product>;
}): Sale[] {
  return orders.map(({ day, product, quantity }) => {
    const found = productOf.get(product);
    if (found === undefined) throw new Error(`There is no product '${product}'.`);
    const { category, price } = found;
    const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + 1];
    return { year, month, day, product, category, revenue: quantity * price };
  });
}
