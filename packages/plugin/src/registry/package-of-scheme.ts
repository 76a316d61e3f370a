const packages: ReadonlyMap<string, string> = new Map([
  ['s3', '@flowerpower/plugin-s3'],
  ['gs', '@flowerpower/plugin-gcs'],
]);

/** The package of FlowerPower that brings the filesystem of a scheme. */
export function packageOfScheme(scheme: string): string | undefined {
  return packages.get(scheme);
}
