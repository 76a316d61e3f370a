type SnakeCase<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : Name;

type OverrideValue<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? string extends keyof Value
      ? Readonly<Record<string, unknown>>
      : Overrides<Value>
    : Value;

/**
 * Part of a configuration, as given in code. FlowerPower's own keys may be written in camelCase or
 * snake_case; undefined means not given, null takes back what a lower layer set, and a string as
 * `executor` is short for `{ type }`, a boolean as `cache` for `{ enabled }`.
 */
export type Overrides<Config> = {
  readonly [Key in keyof Config as Key | SnakeCase<Key & string>]?:
    | OverrideValue<Config[Key]>
    | (Key extends 'executor' ? string : never)
    | (Key extends 'cache' ? boolean : never)
    | null
    | undefined;
};
