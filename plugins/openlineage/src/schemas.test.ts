/**
 * Every event and facet has what the specification asks of all of them. With `OPENLINEAGE_SPEC`, the folder `spec` of a copy of
 * the repository of OpenLineage, each is held to its published JSON Schema as well.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { createPipelineRunner, defaultRunConfig, type RunEvent } from '@flowerpower/runtime';
import { expect, test } from 'vitest';
import { exportLineage, type Facets, type LineageEvent } from './index.js';

const spec = process.env['OPENLINEAGE_SPEC'];
const schemas = spec === undefined ? undefined : published(spec);

function published(folder: string): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('uuid', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  ajv.addFormat('uri', (text) => URL.canParse(text));
  const files = readdirSync(join(folder, 'facets')).filter((file) => file.endsWith('.json'));
  for (const file of ['OpenLineage.json', ...files.map((each) => join('facets', each))])
    ajv.addSchema(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object);
  return ajv;
}

/** What does not fit, in words. */
function faultsOf(event: LineageEvent): unknown[] {
  const facets: Facets[] = [event.run.facets, event.job.facets];
  for (const { facets: own, inputFacets = {}, outputFacets = {} } of [...event.inputs, ...event.outputs])
    facets.push(own, inputFacets, outputFacets);
  const all = facets.flatMap((each) => Object.entries(each));
  const faults: unknown[] = all.flatMap(([name, { _producer, _schemaURL }]) => {
    const isSound = URL.canParse(_producer) && URL.canParse(_schemaURL) && /\d-\d-\d/.test(_schemaURL);
    return isSound ? [] : [`${name}: ${_producer} ${_schemaURL}`];
  });
  if (Number.isNaN(Date.parse(event.eventTime)) || !URL.canParse(event.producer)) faults.push(event);
  if (schemas === undefined) return faults;
  const judge = (url: string, value: unknown) => {
    const isSound = schemas.getSchema(url)!(value);
    if (!isSound) faults.push(schemas.getSchema(url)!.errors);
  };
  judge(event.schemaURL.replace(/#.*/, ''), event);
  for (const [name, facet] of all) {
    // Our own facets are in no specification.
    if (facet._schemaURL.startsWith('urn:')) continue;
    judge(facet._schemaURL, facet);
    judge(facet._schemaURL.replace(/#.*/, ''), { [name]: facet });
  }
  return faults;
}

const nothing = { load: {}, save: {} };
const tables = {
  load: { rows: { type: 'csv', path: 'rows.csv' } },
  save: { total: { type: 'json', path: 'total.json' } },
};
const fail = () => {
  throw new Error('no');
};

test.each([
  ['success', { total: (rows: unknown[]) => rows.length }, tables, {}],
  ['failure', { a: fail }, nothing, {}],
  ['cancellation', { a: () => 1 }, nothing, { signal: AbortSignal.abort() }],
])('C47: %s', async (status, nodes, io, overrides) => {
  const events: RunEvent[] = [];
  const fs = createMemoryFileSystem();
  await fs.write('rows.csv', 'a,b\n1,x\n');
  const runner = createPipelineRunner({
    registry: createRegistry(),
    fs,
    onEvent: (event) => void events.push(event),
  });
  const pipeline = { name: 'shop', modules: [nodes], params: {}, io, run: defaultRunConfig };
  const outcome = await runner.settle(pipeline, overrides);
  expect(outcome.status).toBe(status);
  const resumed = events.map((event) =>
    event.type === 'run.started' ? { ...event, resumeOf: outcome.runId } : event,
  );
  const made = [
    ...exportLineage(events),
    ...exportLineage(events, { nodes: true }),
    ...exportLineage(resumed, { parameters: { 'inputs.day': 'monday' } }),
  ];
  expect(made.length).toBeGreaterThanOrEqual(6);
  expect(made.flatMap(faultsOf)).toEqual([]);
});
