export { openlineage } from './adapter.js';
export { exportLineage } from './export-lineage.js';
export type { LineageOptions } from './lineage-builder.js';
export type { Facet, Facets, LineageDataset, LineageEvent, LineageJob } from './lineage-event.js';
export type { OpenLineageOptions } from './options.js';
export { openLineagePlugin as default } from './plugin.js';
