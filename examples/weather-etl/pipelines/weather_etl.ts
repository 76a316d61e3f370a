/**
 * Daily weather to monthly and yearly figures: check the rows, bring them into the wanted units, aggregate.
 * `observations` is loaded and the results are saved as the YAML file says; no function here touches a file.
 */
import { node, type NodeContext, when } from 'flowerpower';
import { checkRow, type Observation, type WeatherKind, type WeatherRow } from '../lib/observation.js';
import { requestStation, type Station } from '../lib/station-service.js';

/** Exported so that `run.retry.retryExceptions` may name it. A class is not a node. */
export { StationServiceError } from '../lib/station-service.js';

const shownRows = 5;

/**
 * The rows, every one checked, each day once.
 *
 * @throws one Error that says how many rows are invalid and lists the first of them with all their problems.
 */
export function validated({ observations }: { observations: readonly WeatherRow[] }): Observation[] {
  if (observations.length === 0) throw new Error('The weather table has no rows.');
  const valid: Observation[] = [];
  const invalid: string[] = [];
  const days = new Set<string>();
  for (const [index, row] of observations.entries()) {
    const checked = checkRow(row);
    const problems = checked.ok ? [] : [...checked.problems];
    if (days.has(row.date)) problems.push(`date is ${row.date}, which an earlier row has`);
    days.add(row.date);
    if (problems.length > 0) invalid.push(`row ${index + 1}: ${problems.join('; ')}`);
    else if (checked.ok) valid.push(checked.observation);
  }
  if (invalid.length > 0) {
    const more = invalid.length > shownRows ? [`and ${invalid.length - shownRows} more`] : [];
    const title = `${invalid.length} of ${observations.length} rows of the weather table are invalid`;
    throw new Error([`${title}:`, ...invalid.slice(0, shownRows), ...more].join('\n  '));
  }
  return valid;
}

/** A day in the units of the run: metric (those of the table) or imperial. */
export interface Day {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `YYYY-MM` */
  readonly month: string;
  /** Millimetres or inches. */
  readonly precipitation: number;
  /** °C or °F, as are the other temperatures. */
  readonly tempMax: number;
  readonly tempMin: number;
  /** Midway between the highest and the lowest temperature. */
  readonly tempMean: number;
  /** Average speed, in metres per second or miles per hour. */
  readonly wind: number;
  readonly weather: WeatherKind;
}

/** Days in order, in millimetres, °C and m/s. Used when `units` is `metric`. */
export const cleaned__metric = node(
  ({ validated }: { validated: readonly Observation[] }): Day[] => toDays(validated),
  when({ units: 'metric' }),
);

/** Days in order, in inches, °F and mph. Used when `units` is `imperial`. */
export const cleaned__imperial = node(
  ({ validated }: { validated: readonly Observation[] }): Day[] =>
    toDays(
      validated.map((day) => ({
        ...day,
        precipitation: day.precipitation / 25.4,
        tempMax: toFahrenheit(day.tempMax),
        tempMin: toFahrenheit(day.tempMin),
        wind: (day.wind * 3600) / 1609.344,
      })),
    ),
  when({ units: 'imperial' }),
);

/** Figures of a month, rounded to two decimals. */
export interface Month {
  /** `YYYY-MM` */
  readonly month: string;
  readonly days: number;
  /** Sum of the month. */
  readonly precipitation: number;
  /** Days with any precipitation. */
  readonly wetDays: number;
  readonly tempMean: number;
  readonly tempMax: number;
  readonly tempMin: number;
  readonly windMean: number;
}

/** One row a month, in order. */
export function monthlySummary({ cleaned }: { cleaned: readonly Day[] }): Month[] {
  return groupBy(cleaned, (day) => day.month).map(([month, days]) => ({
    month,
    ...totals(days),
    tempMax: round(Math.max(...days.map((day) => day.tempMax))),
    tempMin: round(Math.min(...days.map((day) => day.tempMin))),
    windMean: round(mean(days.map((day) => day.wind))),
  }));
}

/** The `count` months with the most precipitation, wettest first; of equal months the earlier one first. */
export function wettestMonths({
  monthlySummary,
  count = 3,
}: {
  monthlySummary: readonly Month[];
  count?: number;
}): Pick<Month, 'month' | 'precipitation' | 'wetDays'>[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`count must be a whole number of months, at least 1, got ${count}.`);
  }
  return monthlySummary
    .toSorted((a, b) => b.precipitation - a.precipitation)
    .slice(0, count)
    .map(({ month, precipitation, wetDays }) => ({ month, precipitation, wetDays }));
}

/** Figures of a year, rounded to two decimals. */
export interface Year {
  readonly year: number;
  readonly days: number;
  readonly precipitation: number;
  readonly wetDays: number;
  readonly tempMean: number;
  /** The first day with the highest temperature of the year. */
  readonly hottestDay: { readonly date: string; readonly tempMax: number };
  /** The first day with the lowest temperature of the year. */
  readonly coldestDay: { readonly date: string; readonly tempMin: number };
  readonly daysByWeather: Readonly<Record<WeatherKind, number>>;
}

/** One entry a year, in order. */
export function yearlySummary({ cleaned }: { cleaned: readonly Day[] }): Year[] {
  return groupBy(cleaned, (day) => day.date.slice(0, 4)).map(([year, days]) => {
    const hottest = days.reduce((best, day) => (day.tempMax > best.tempMax ? day : best));
    const coldest = days.reduce((best, day) => (day.tempMin < best.tempMin ? day : best));
    return {
      year: Number(year),
      ...totals(days),
      hottestDay: { date: hottest.date, tempMax: round(hottest.tempMax) },
      coldestDay: { date: coldest.date, tempMin: round(coldest.tempMin) },
      daysByWeather: countWeather(days),
    };
  });
}

/**
 * Where the weather was measured, as told by the (simulated) station service.
 *
 * With `simulateOutage` the service refuses the first attempt, which makes `run.retry` visible.
 */
export async function station(
  { stationId, simulateOutage = false }: { stationId: string; simulateOutage?: boolean },
  { attempt, log }: Pick<NodeContext, 'attempt' | 'log'>,
): Promise<Station> {
  const found = await requestStation(stationId, { isDown: simulateOutage && attempt === 1 });
  if (attempt > 1) log.info('The station service answered.');
  return found;
}

/** What is written to `output/report.json`. */
export interface Report {
  readonly station: Station;
  readonly units: Readonly<Record<'precipitation' | 'temperature' | 'wind', string>>;
  readonly years: readonly Pick<Year, 'year' | 'precipitation' | 'tempMean'>[];
  readonly wettestMonths: readonly Pick<Month, 'month' | 'precipitation' | 'wetDays'>[];
}

/** The report, which names its units. `units` is the value from `run.config`. */
export function report({
  station,
  units,
  yearlySummary,
  wettestMonths,
}: {
  station: Station;
  units: 'metric' | 'imperial';
  yearlySummary: readonly Year[];
  wettestMonths: Report['wettestMonths'];
}): Report {
  return {
    station,
    units: unitSymbols[units],
    years: yearlySummary.map(({ year, precipitation, tempMean }) => ({ year, precipitation, tempMean })),
    wettestMonths,
  };
}

const unitSymbols = {
  metric: { precipitation: 'mm', temperature: '°C', wind: 'm/s' },
  imperial: { precipitation: 'in', temperature: '°F', wind: 'mph' },
};

function toDays(observations: readonly Omit<Day, 'month' | 'tempMean'>[]): Day[] {
  return observations
    .map((day) => ({ ...day, month: day.date.slice(0, 7), tempMean: (day.tempMax + day.tempMin) / 2 }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function toFahrenheit(celsius: number): number {
  return celsius * 1.8 + 32;
}

function totals(days: readonly Day[]) {
  return {
    days: days.length,
    precipitation: round(sum(days.map((day) => day.precipitation))),
    wetDays: days.filter((day) => day.precipitation > 0).length,
    tempMean: round(mean(days.map((day) => day.tempMean))),
  };
}

function countWeather(days: readonly Day[]): Record<WeatherKind, number> {
  const counts: Record<WeatherKind, number> = { drizzle: 0, rain: 0, snow: 0, sun: 0, fog: 0 };
  for (const { weather } of days) counts[weather]++;
  return counts;
}

/** Groups in the order of their first member. No group is empty. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [key: string, items: T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
