/** What was loaded or saved as a dataset, named as OpenLineage asks: by where it is stored, not by who stores it. */
import { fileURLToPath } from 'node:url';
import type { LoadedFacts } from '@flowerpower/runtime';
import { facet } from './facet.js';
import type { Facets, LineageDataset } from './lineage-event.js';

export function inputDataset(data: LoadedFacts): LineageDataset {
  return {
    ...datasetOf(data),
    inputFacets: statistics('inputStatistics', 'InputStatisticsInputDatasetFacet', data),
  };
}

export function outputDataset(data: LoadedFacts): LineageDataset {
  return {
    ...datasetOf(data),
    outputFacets: statistics('outputStatistics', 'OutputStatisticsOutputDatasetFacet', data),
  };
}

function datasetOf({ uri, format, columns, sha256 }: LoadedFacts): LineageDataset {
  const { namespace, name, layer } = placeOf(uri);
  const fields = columns?.map((column, index) => ({
    name: column.name,
    type: column.type,
    ordinal_position: index + 1,
  }));
  return {
    namespace,
    name,
    facets: {
      dataSource: facet('DatasourceDatasetFacet', { name: namespace, uri: encodeURI(decodeSafely(uri)) }),
      storage: facet('StorageDatasetFacet', { storageLayer: layer, fileFormat: format }),
      ...(sha256 !== undefined && {
        version: facet('DatasetVersionDatasetFacet', { datasetVersion: sha256 }),
      }),
      ...(fields !== undefined && { schema: facet('SchemaDatasetFacet', { fields }) }),
    },
  };
}

function statistics(
  name: string,
  type: 'InputStatisticsInputDatasetFacet' | 'OutputStatisticsOutputDatasetFacet',
  { rows, bytes, files }: LoadedFacts,
): Facets {
  if (rows === undefined && bytes === undefined && files === undefined) return {};
  return {
    [name]: facet(type, {
      ...(rows !== undefined && { rowCount: rows }),
      ...(bytes !== undefined && { size: bytes }),
      fileCount: files ?? 1,
    }),
  };
}

/** `file:///data/a.csv` → namespace `file`, name `/data/a.csv`; `s3://bucket/a/b` → `s3://bucket`, `a/b`. */
function placeOf(uri: string): { readonly namespace: string; readonly name: string; readonly layer: string } {
  const [, scheme = 'file', authority = '', path = uri] =
    /^([a-z][\w+.-]*):\/\/([^/]*)\/?(.*)$/is.exec(uri) ?? [];
  const layer = scheme.toLowerCase();
  if (layer === 'file') return { namespace: 'file', name: filePath(uri), layer };
  if (layer === 'memory')
    return { namespace: 'inmemory://', name: decodeSafely(`${authority}/${path}`), layer };
  // A namespace alone is no dataset.
  return { namespace: `${layer}://${authority}`, name: decodeSafely(path) || '/', layer };
}

function filePath(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
