import { expect, test, vi } from 'vitest';
import { createVirtualClock } from '../__fixtures__/virtual-clock.js';
import { createLogger, type LogRecord } from './logger.js';
import { ndjsonSink } from './ndjson-sink.js';
import { textSink } from './text-sink.js';

const clock = createVirtualClock();

function recorded(level?: LogRecord['level']) {
  const records: LogRecord[] = [];
  const log = createLogger({ level, sink: (record) => void records.push(record), clock });
  return { log, records };
}

test('records have a time, a level, a message, an origin and fields', () => {
  const records: LogRecord[] = [];
  const log = createLogger({
    sink: (record) => void records.push(record),
    clock,
    origin: () => ({ run_id: 'r1', node: 'a' }),
  });
  log.info('read', { rows: 3 });
  expect(records).toEqual([
    { ts: '2026-01-01T00:00:00.000Z', level: 'INFO', msg: 'read', run_id: 'r1', node: 'a', rows: 3 },
  ]);
});

test('what is milder than the level is left out', () => {
  const { log, records } = recorded('WARNING');
  log.debug('1');
  log.info('2');
  log.warn('3');
  log.error('4');
  log.critical('5');
  expect(records.map(({ level }) => level)).toEqual(['WARNING', 'ERROR', 'CRITICAL']);
});

test('fields become plain data, and cannot take the place of the record’s own', () => {
  const { log, records } = recorded();
  const circle: Record<string, unknown> = { big: 10n, when: new Date(0), set: new Set([1]), nan: Number.NaN };
  circle['self'] = circle;
  const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET' });
  log.info('x', { level: 'mine', circle, error: new Error('outer', { cause }), bytes: new Uint8Array(3) });
  const [record] = records;
  expect(JSON.parse(JSON.stringify(record))).toMatchObject({
    level: 'INFO',
    _level: 'mine',
    circle: { big: '10', when: '1970-01-01T00:00:00.000Z', set: [1], nan: 'NaN', self: '[circular]' },
    error: { name: 'Error', message: 'outer', cause: { message: 'inner', code: 'ECONNRESET' } },
    bytes: 'Uint8Array(3 bytes)',
  });
});

test('fields that throw when they are looked at', () => {
  const { log, records } = recorded();
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const half = {
    fine: 1,
    get broken() {
      throw new Error('never look at me');
    },
  };
  log.info('x', { half, proxy });
  expect(records).toMatchObject([
    { half: { fine: 1, broken: '[cannot be read]' }, proxy: '[cannot be read]' },
  ]);
});

test('a sink that throws breaks nothing and is reported once', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const log = createLogger({
    sink: () => {
      throw new Error('EPIPE');
    },
  });
  log.info('1');
  log.info('2');
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

test('ndjson: one object a line', () => {
  const lines: string[] = [];
  const log = createLogger({ sink: ndjsonSink((line) => void lines.push(line)), clock });
  log.info('two\nlines');
  expect(lines).toEqual(['{"ts":"2026-01-01T00:00:00.000Z","level":"INFO","msg":"two\\nlines"}\n']);
});

test('text: one line for people, without control characters', () => {
  const lines: string[] = [];
  const log = createLogger({
    sink: textSink((line) => void lines.push(line)),
    clock,
    origin: () => ({ run_id: 'r1', pipeline: 'etl', node: 'sales', attempt: 2 }),
  });
  log.warn('slow \u001b[2Jnow', { rows: 3, path: 'a b' });
  expect(lines).toEqual([
    '00:00:00.000 WARNING  slow \\u001b[2Jnow [etl sales attempt 2] rows=3 path="a b"\n',
  ]);
});

test('text: of an error people get its message and where it was thrown, and nothing twice', () => {
  const lines: string[] = [];
  const log = createLogger({
    sink: textSink((line) => void lines.push(line.trimEnd())),
    clock,
    origin: () => ({ pipeline: 'etl', node: 'rate' }),
  });
  const error = new TypeError('no rate');
  error.stack = [
    'TypeError: no rate',
    '    at run (/shop/node_modules/@flowerpower/core/dist/index.js:1:2)',
    '    at async rateOf (/shop/pipelines/rates.ts:3:9)',
    '    at /shop/pipelines/rates.ts:9:9',
  ].join('\n');
  log.warn('Tried again.', { node: 'rate', error });
  log.warn('Tried again: no rate.', { node: 'other', error, delayMs: 54.700146825708856 });
  log.warn('Too few: 3.', { result: { passed: false, message: 'Too few: 3.' }, seen: { message: 5 } });
  log.warn('Lost.', { error: Object.assign(new Error('gone'), { stack: undefined }), empty: new Error('') });
  expect(lines).toEqual([
    '00:00:00.000 WARNING  Tried again. [etl rate] error="TypeError: no rate (/shop/pipelines/rates.ts:3:9)"',
    '00:00:00.000 WARNING  Tried again: no rate. [etl rate] node=other delayMs=54.7001',
    '00:00:00.000 WARNING  Too few: 3. [etl rate] seen={"message":5}',
    expect.stringMatching(
      /^00:00:00.000 WARNING  Lost. \[etl rate\] error="Error: gone" empty="Error: /,
    ) as string,
  ]);
});
