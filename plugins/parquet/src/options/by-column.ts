import * as v from 'valibot';

/**
 * A map by column. `v.record` passes over keys such as `constructor`, which it takes for dangerous; a column may have such
 * a name, and nothing a user says is passed over.
 */
export function byColumn<Value extends v.GenericSchema>(
  value: Value,
): v.RecordSchema<v.StringSchema<undefined>, Value, undefined> {
  const record = v.record(v.string(), value);
  const run: (typeof record)['~run'] = (dataset, config) => {
    const given = dataset.value;
    if (typeof given !== 'object' || given === null) return record['~run'](dataset, config);
    // No key behind a mark has a meaning of its own.
    const marked = Object.fromEntries(Object.entries(given).map(([key, each]) => [`:${key}`, each]));
    const checked = record['~run']({ value: marked }, config);
    if (checked.issues !== undefined) {
      for (const { path } of checked.issues) {
        const [item] = path ?? [];
        if (item !== undefined) Object.assign(item, { key: String(item.key).slice(1), input: given });
      }
    }
    const entries = Object.entries(checked.value as object).map(
      ([key, each]) => [key.slice(1), each] as const,
    );
    return { ...checked, value: Object.fromEntries(entries) } as typeof checked;
  };
  // Its other properties are getters, which are to see this schema.
  return Object.defineProperties({} as typeof record, {
    ...Object.getOwnPropertyDescriptors(record),
    '~run': { value: run, enumerable: true },
  });
}
