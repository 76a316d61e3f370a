import { createRequire } from 'node:module';
import type { Facet } from './lineage-event.js';

const manifest = createRequire(import.meta.url)('../package.json') as { readonly version: string };

/** Of this package. */
export const version = manifest.version;
/** What each event and facet names as its maker. */
export const producer = `urn:flowerpower:openlineage:${version}`;
export const eventSchema = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';

/** The version of each facet of the specification that is made here, by the name of its type. */
const versions = {
  ParentRunFacet: '1-2-0',
  ErrorMessageRunFacet: '1-0-1',
  ProcessingEngineRunFacet: '1-1-1',
  ExecutionParametersRunFacet: '1-0-0',
  JobTypeJobFacet: '2-0-4',
  SchemaDatasetFacet: '1-2-0',
  DatasourceDatasetFacet: '1-0-1',
  StorageDatasetFacet: '1-0-1',
  DatasetVersionDatasetFacet: '1-0-1',
  InputStatisticsInputDatasetFacet: '1-0-0',
  OutputStatisticsOutputDatasetFacet: '1-0-2',
} as const;

export function facet(type: keyof typeof versions, fields: Readonly<Record<string, unknown>>): Facet {
  const schema = `https://openlineage.io/spec/facets/${versions[type]}/${type}.json#/$defs/${type}`;
  return { _producer: producer, _schemaURL: schema, ...fields };
}

/** A facet that the specification does not have. */
export function ownFacet(type: string, fields: Readonly<Record<string, unknown>>): Facet {
  return { _producer: producer, _schemaURL: `urn:flowerpower:facets:1-0-0:${type}`, ...fields };
}
