/** Limits of MLflow for one `runs/log-batch`: 1000 entries, of which 100 parameters and 100 tags; and 1 MB. */

export interface Metric {
  readonly key: string;
  /** Not finite: as the text that protobuf reads. */
  readonly value: number | 'NaN' | 'Infinity' | '-Infinity';
  readonly timestamp: number;
  readonly step: number;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
}

export interface Batch {
  readonly metrics: readonly Metric[];
  readonly params: readonly Entry[];
  readonly tags: readonly Entry[];
}

const maxMetrics = 800;
const maxEntries = 100;

/** Everything in as few batches as the limits allow; the texts in it are short enough that none has 1 MB. */
export function batchesOf({ metrics, params, tags }: Batch): Batch[] {
  const count = Math.max(
    Math.ceil(metrics.length / maxMetrics),
    Math.ceil(params.length / maxEntries),
    Math.ceil(tags.length / maxEntries),
  );
  return Array.from({ length: count }, (_, index) => ({
    metrics: metrics.slice(index * maxMetrics, (index + 1) * maxMetrics),
    params: params.slice(index * maxEntries, (index + 1) * maxEntries),
    tags: tags.slice(index * maxEntries, (index + 1) * maxEntries),
  }));
}

/** What MLflow takes for a key: at most 250 characters of a few kinds. */
export function keyOf(name: string): string {
  const key = name.replaceAll(/[^\w\-. :/]/g, '_').replaceAll(/(^|\/)\.+(?=\/|$)/g, '$1_');
  return key.slice(0, 250) || '_';
}

export function metricValue(value: number): Metric['value'] {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
