/** Names of the form `spend__uk`, where everything from the last `__` on is the variant: `spend`. */
export type WithoutVariant<Name extends string> = Name extends `${infer Head}__${infer Tail}`
  ? Tail extends `${string}__${string}`
    ? `${Head}__${WithoutVariant<Tail>}`
    : Head
  : Name;
