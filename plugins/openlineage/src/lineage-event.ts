/** Events of OpenLineage as this package makes them: RunEvent of specification 2-0-2. */

export interface LineageEvent {
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly eventType: 'START' | 'COMPLETE' | 'ABORT' | 'FAIL';
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: LineageJob & { readonly facets: Facets };
  readonly inputs: readonly LineageDataset[];
  readonly outputs: readonly LineageDataset[];
}

export interface LineageJob {
  readonly namespace: string;
  readonly name: string;
}

export interface LineageDataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
  readonly inputFacets?: Facets;
  readonly outputFacets?: Facets;
}

export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [field: string]: unknown;
}

export type Facets = Readonly<Record<string, Facet>>;
