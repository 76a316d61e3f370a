/** What the plugins of FlowerPower bring, so that who lacks one, or mistypes it, is told its name. */
import { suggest } from '@flowerpower/core';

interface Brought {
  readonly scheme?: string;
  readonly format?: string;
  readonly adapter?: string;
}

const packages: ReadonlyMap<string, Brought> = new Map([
  ['@flowerpower/plugin-s3', { scheme: 's3' }],
  ['@flowerpower/plugin-gcs', { scheme: 'gs' }],
  ['@flowerpower/plugin-parquet', { format: 'parquet' }],
  ['@flowerpower/plugin-arrow', { format: 'arrow' }],
  ['@flowerpower/plugin-opentelemetry', { adapter: 'opentelemetry' }],
  ['@flowerpower/plugin-openlineage', { adapter: 'openlineage' }],
  ['@flowerpower/plugin-mlflow', { adapter: 'mlflow' }],
]);

/** The package of FlowerPower that brings the filesystem of a scheme. */
export function packageOfScheme(scheme: string): string | undefined {
  return packageOf('scheme', scheme);
}

/**
 * What to do for a scheme, a format or an adapter that no plugin of the project brings, and that a package of FlowerPower does, by this
 * name or one that is nearly it.
 */
export function adviceFor(kind: keyof Brought, name: string): string | undefined {
  const known = [...packages.values()].flatMap((brought) => brought[kind] ?? []);
  const meant = known.includes(name) ? [name] : suggest(name, known);
  const owner = meant.length === 0 ? undefined : packageOf(kind, meant[0]!);
  if (owner === undefined) return undefined;
  const question = meant[0] === name ? '' : `Did you mean '${meant[0]}'? `;
  return `${question}Install ${owner}, and name it under plugins.`;
}

/** The packages of FlowerPower that a name under `plugins:` may be meant for: `parquet`, or one that is nearly right. */
export function packagesLike(specifier: string): readonly string[] {
  const owners = new Map(
    [...packages].flatMap(([owner, { scheme, format, adapter }]) =>
      [owner, owner.replace(/^.*[/]/, ''), owner.replace(/^.*plugin-/, ''), scheme, format, adapter].flatMap(
        (name) => (name === undefined ? [] : [[name, owner] as const]),
      ),
    ),
  );
  const exact = owners.get(specifier);
  const names = exact === undefined ? suggest(specifier, owners.keys()) : [];
  return exact === undefined ? [...new Set(names.map((name) => owners.get(name)!))] : [exact];
}

function packageOf(kind: keyof Brought, name: string): string | undefined {
  return [...packages].find(([, brought]) => brought[kind] === name)?.[0];
}
