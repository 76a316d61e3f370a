/** The built package in headless Chromium. Skipped where there is none, except in CI. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const isAbsent = !existsSync(executablePath) && process.env['FLOWERPOWER_REQUIRE_SERVERS'] === undefined;

// Text, so that no test tool rewrites it on its way into the page.
const page = `<!doctype html><title>waiting</title><script type="module">
  import { createDriver, node, when } from '/dist/index.js';
  const m = {
    price: async () => 100,
    rate__uk: node(() => 0.2, when({ country: 'uk' })),
    gross: ({ price, rate }) => price * (1 + rate),
    describe: ({ gross }, { runId, signal }) => [gross, runId.length, signal.aborted].join(' '),
  };
  const driver = createDriver({ modules: [m], config: { country: 'uk' } });
  document.title = (await driver.execute(['describe'])).describe;
</script>`;

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isModule = request.url!.endsWith('.js');
    response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html');
    response.end(isModule ? readFileSync(new URL(`..${request.url}`, import.meta.url)) : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

test.skipIf(isAbsent)('builds and runs a graph in a browser', async () => {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const tab = await browser.newPage();
    const faults: string[] = [];
    tab.on('pageerror', (error) => faults.push(error.message));
    await tab.goto(origin);
    await expect.poll(() => tab.title()).toBe('120 36 false');
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});
