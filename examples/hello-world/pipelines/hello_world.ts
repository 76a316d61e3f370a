/**
 * Marketing spend and signups. Every exported function is a node: its name is the value it computes, the names of
 * its inputs are the values it needs. `marketing` has no function here: the YAML file says where it is loaded from.
 */
import { node, tag, when } from 'flowerpower';

/** A row of `data/marketing.csv`. */
export interface MarketingWeek {
  /** ISO 8601 week, for example `2025-W01`. */
  readonly week: string;
  /** In US dollars. */
  readonly spend: number;
  readonly signups: number;
}

/** Spend of each week, in US dollars. */
export function spend({ marketing }: { marketing: readonly MarketingWeek[] }): number[] {
  return marketing.map((row) => row.spend);
}

/** Signups of each week. This is the positional form: the parameter's name is the input's name. */
export function signups(marketing: readonly MarketingWeek[]): number[] {
  return marketing.map((row) => row.signups);
}

/**
 * Mean spend of each week and the `rolling - 1` weeks before it; null where there are fewer weeks.
 *
 * `rolling` has a default, so nobody has to give it; the YAML file binds it under `params`.
 */
export function avgThreeWeekSpend({
  spend,
  rolling = 3,
}: {
  spend: readonly number[];
  rolling?: number;
}): (number | null)[] {
  if (!Number.isInteger(rolling) || rolling < 1) {
    throw new RangeError(`rolling must be a whole number of weeks, at least 1, got ${rolling}.`);
  }
  return spend.map((_, week) =>
    week + 1 < rolling ? null : mean(spend.slice(week + 1 - rolling, week + 1)),
  );
}

/** What one signup cost, week by week, in US dollars; null for a week without signups. */
export function spendPerSignup({
  spend,
  signups,
}: {
  spend: readonly number[];
  signups: readonly number[];
}): (number | null)[] {
  return spend.map((dollars, week) => {
    const count = signups[week] ?? 0;
    return count === 0 ? null : dollars / count;
  });
}

/** Mean weekly spend, in US dollars. */
export function spendMean({ spend }: { spend: readonly number[] }): number {
  return mean(spend);
}

/** Spend less its mean, plus `offset`. */
export function spendZeroMean({
  spend,
  spendMean,
  offset = 0,
}: {
  spend: readonly number[];
  spendMean: number;
  offset?: number;
}): number[] {
  return spend.map((dollars) => dollars - spendMean + offset);
}

/** Sample standard deviation of spend (divided by n - 1). Needs two weeks or more. */
export function spendStdDev({ spend, spendMean }: { spend: readonly number[]; spendMean: number }): number {
  if (spend.length < 2) {
    throw new RangeError(`A standard deviation needs at least two weeks, got ${spend.length}.`);
  }
  return Math.sqrt(sum(spend.map((dollars) => (dollars - spendMean) ** 2)) / (spend.length - 1));
}

/** Spend in standard deviations from its mean. */
export function spendZeroMeanUnitVariance({
  spendZeroMean,
  spendStdDev,
}: {
  spendZeroMean: readonly number[];
  spendStdDev: number;
}): number[] {
  return spendZeroMean.map((dollars) => dollars / spendStdDev);
}

/** Cost of a signup over the whole period: all spend by all signups. Used when `costBasis` is `blended`. */
export const acquisitionCost__blended = node(
  ({ spend, signups }: { spend: readonly number[]; signups: readonly number[] }): number =>
    sum(spend) / sum(signups),
  when({ costBasis: 'blended' }),
  tag({ owner: 'growth' }),
);

/** Cost of a signup as the mean of the weekly costs: every week counts alike. Used when `costBasis` is `weeklyMean`. */
export const acquisitionCost__weeklyMean = node(
  ({ spendPerSignup }: { spendPerSignup: readonly (number | null)[] }): number =>
    mean(spendPerSignup.filter((cost) => cost !== null)),
  when({ costBasis: 'weeklyMean' }),
  tag({ owner: 'growth' }),
);

/** SHA-256 of the table, which tells two summaries of different data apart. A node may be asynchronous. */
export async function marketingDigest({
  marketing,
}: {
  marketing: readonly MarketingWeek[];
}): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(marketing));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Buffer.from(digest).toString('hex');
}

export interface Summary {
  readonly weeks: number;
  /** In US dollars, as are the other amounts. */
  readonly spendMean: number;
  readonly spendStdDev: number;
  readonly costBasis: string;
  readonly acquisitionCost: number;
  readonly marketingDigest: string;
}

/** The figures of a report, amounts rounded to cents. `costBasis` is the value from `run.config`. */
export function summary({
  spend,
  spendMean,
  spendStdDev,
  costBasis,
  acquisitionCost,
  marketingDigest,
}: {
  spend: readonly number[];
  spendMean: number;
  spendStdDev: number;
  costBasis: string;
  acquisitionCost: number;
  marketingDigest: string;
}): Summary {
  return {
    weeks: spend.length,
    spendMean: roundToCents(spendMean),
    spendStdDev: roundToCents(spendStdDev),
    costBasis,
    acquisitionCost: roundToCents(acquisitionCost),
    marketingDigest,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The mean of no values does not exist.');
  return sum(values) / values.length;
}

function roundToCents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
