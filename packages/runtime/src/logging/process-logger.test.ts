import { expect, test, vi } from 'vitest';

test('the log of the process is made once, at the first call, and not by importing', async () => {
  vi.resetModules();
  const { ensureLoggingInitialized } = await import('./process-logger.js');
  const lines: unknown[] = [];
  const log = ensureLoggingInitialized({
    environment: { FP_LOG_LEVEL: 'warning' },
    sink: (record) => lines.push(record.msg),
  });
  log.info('mild');
  log.warn('heard');
  expect([log.level, lines]).toEqual(['WARNING', ['heard']]);
  expect(ensureLoggingInitialized({ level: 'DEBUG' })).toBe(log);
  vi.resetModules();
  const again = await import('./process-logger.js');
  expect(again.ensureLoggingInitialized({ environment: { FP_LOG_LEVEL: 'loud' } }).level).toBe('INFO');
});
