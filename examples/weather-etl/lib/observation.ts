/** The rows of the weather table: as a loader gives them, and as they are once checked. */

const weatherKinds = ['drizzle', 'rain', 'snow', 'sun', 'fog'] as const;
export type WeatherKind = (typeof weatherKinds)[number];

/** A row of `data/seattle-weather.csv`, with the column types that the YAML file gives. Nothing else is sure yet. */
export interface WeatherRow {
  readonly date: string;
  readonly precipitation: number | null;
  readonly temp_max: number | null;
  readonly temp_min: number | null;
  readonly wind: number | null;
  readonly weather: string;
}

/** A checked row. */
export interface Observation {
  /** `YYYY-MM-DD`, a day that exists. */
  readonly date: string;
  /** Millimetres, at least 0. */
  readonly precipitation: number;
  /** Degrees Celsius. */
  readonly tempMax: number;
  /** Degrees Celsius, at most `tempMax`. */
  readonly tempMin: number;
  /** Metres per second, at least 0. */
  readonly wind: number;
  readonly weather: WeatherKind;
}

/** A row either is an observation or has problems, each a phrase such as `wind is -1, below 0`. */
export type CheckedRow =
  | { readonly ok: true; readonly observation: Observation }
  | { readonly ok: false; readonly problems: readonly string[] };

export function checkRow(row: WeatherRow): CheckedRow {
  const problems: string[] = [];
  const number = (
    column: 'precipitation' | 'temp_max' | 'temp_min' | 'wind',
    least = Number.NEGATIVE_INFINITY,
  ) => {
    const value = row[column];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      problems.push(`${column} is ${JSON.stringify(value)}, not a number`);
      return Number.NaN;
    }
    if (value < least) problems.push(`${column} is ${value}, below ${least}`);
    return value;
  };
  if (!isDay(row.date)) problems.push(`date is ${JSON.stringify(row.date)}, not a day as YYYY-MM-DD`);
  const precipitation = number('precipitation', 0);
  const tempMax = number('temp_max');
  const tempMin = number('temp_min');
  if (tempMin > tempMax) problems.push(`temp_min is ${tempMin}, above temp_max ${tempMax}`);
  const wind = number('wind', 0);
  const weather = weatherKinds.find((kind) => kind === row.weather);
  if (weather === undefined) {
    problems.push(`weather is ${JSON.stringify(row.weather)}, not one of ${weatherKinds.join(', ')}`);
  }
  return problems.length > 0 || weather === undefined
    ? { ok: false, problems }
    : { ok: true, observation: { date: row.date, precipitation, tempMax, tempMin, wind, weather } };
}

function isDay(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  // A day such as 30 February is read as one in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
