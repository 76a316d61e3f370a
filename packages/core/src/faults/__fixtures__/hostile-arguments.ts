/** Arguments that the compiler refuses, made from those that it takes: another value in every place, and a misspelt name. */

/** What is given in place of what belongs there, by the word that stands for it in the tables. */
const strangers = {
  undefined,
  null: null,
  true: true,
  number: 5,
  NaN: Number.NaN,
  blank: '',
  text: 'zzz',
  list: [],
  nulls: [null],
  record: {},
  function: () => 5,
} as const satisfies Readonly<Record<string, unknown>>;

type Stranger = keyof typeof strangers;

export interface Sample {
  /** A call that is as it should be. */
  readonly args: readonly unknown[];
  /**
   * Which strangers are welcome, by their place: `0` is the first argument, `0.target` a part of it. Words as in
   * `undefined list`.
   */
  readonly takes?: Readonly<Record<string, string>>;
  /** Records whose names users choose, so that none is misspelt. */
  readonly open?: readonly string[];
  /** Objects that are made by a function, so that nobody writes their parts. */
  readonly whole?: readonly string[];
}

export interface HostileCall {
  readonly title: string;
  readonly args: readonly unknown[];
  readonly isWelcome: boolean;
}

export function hostileCalls({ args, takes = {}, open = [], whole = [] }: Sample): readonly HostileCall[] {
  return args.flatMap((given, index) => hostileValues(given, String(index))).map(({ place, word, at, value }) => ({
    title: `${place}: ${word}`,
    args: args.with(Number(at), value),
    isWelcome: (takes[place] ?? '').split(' ').includes(word),
  }));

  function hostileValues(given: unknown, place: string): readonly HostileValue[] {
    const own = (Object.keys(strangers) as Stranger[]).map((word) => ({
      place,
      word,
      at: place.split('.')[0]!,
      value: strangers[word] as unknown,
    }));
    if (!isPlain(given) || whole.includes(place)) return own;
    const parts = Object.keys(given).flatMap((key) =>
      hostileValues(given[key], `${place}.${key}`).map((part) => ({
        ...part,
        value: { ...given, [key]: part.value },
      })),
    );
    const first = Object.keys(given)[0] ?? 'name';
    const misspelt = { place, word: 'misspelt', at: place.split('.')[0]!, value: { ...given, [`${first}x`]: given[first] } };
    return [...own, ...parts, ...(open.includes(place) ? [] : [misspelt])];
  }
}

interface HostileValue {
  readonly place: string;
  readonly word: string;
  readonly at: string;
  readonly value: unknown;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && Object.getOwnPropertySymbols(value).length === 0;
}
