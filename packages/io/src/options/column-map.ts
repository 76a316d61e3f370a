import * as v from 'valibot';
import { setOwn } from '../values/set-own.js';

type ColumnMap<Value extends v.GenericSchema> = v.RecordSchema<v.StringSchema<undefined>, Value, undefined>;

/**
 * The schema of a map by names of columns. They come from the user's data, where `constructor`, `prototype` and
 * `__proto__` are names like any other; `v.record` leaves those out without a word.
 */
export function columnMap<const Value extends v.GenericSchema>(value: Value): ColumnMap<Value> {
  const record = v.record(v.string(), value);
  const run = (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) => {
    const input = dataset.value;
    if (typeof input !== 'object' || input === null) return record['~run'](dataset, config);
    if (Array.isArray(input)) {
      // For `record` a list is a map of its indices.
      v._addIssue(record, 'type', dataset, config);
      return dataset as unknown as v.OutputDataset<never, v.BaseIssue<unknown>>;
    }
    const output = {};
    const issues: v.BaseIssue<unknown>[] = [];
    for (const [key, entry] of Object.entries(input)) {
      const result = value['~run']({ value: entry }, config);
      const place = {
        type: 'object',
        origin: 'value',
        input: input as Record<string, unknown>,
        key,
        value: entry,
      } as const;
      for (const issue of result.issues ?? [])
        issues.push({ ...issue, path: [place, ...(issue.path ?? [])] });
      setOwn(output, key, result.value);
    }
    const [first, ...others] = issues;
    return first === undefined
      ? { typed: true, value: output }
      : { typed: false, value: output, issues: [first, ...others] };
  };
  // Else as `record`, so that it is told to editors as such.
  const schema = { ...record, '~run': run } as ColumnMap<Value>;
  return Object.assign(schema, {
    '~standard': {
      ...record['~standard'],
      validate: (given: unknown) => schema['~run']({ value: given }, v.getGlobalConfig()),
    },
  });
}
