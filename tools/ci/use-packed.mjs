// Uses the packages as strangers do: packed, installed with npm into an empty folder, outside of the repository.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, publishablePackages, root } from '../packages/workspace.mjs';

const temp = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-packed-')));
const env = {
  ...process.env,
  HOME: join(temp, 'home'),
  npm_config_cache: join(temp, 'npm'),
  NO_COLOR: '1',
};
delete env.FORCE_COLOR;
try {
  mkdirSync(env.HOME);
  const tarballs = Object.fromEntries(
    publishablePackages().map(({ dir, manifest }) => [manifest.name, pack(dir, join(temp, 'packed'))]),
  );
  coreAlone(tarballs['@flowerpower/core']);
  everything(Object.values(tarballs));
  adapter(Object.values(tarballs));
} finally {
  rmSync(temp, { recursive: true, force: true });
}

function coreAlone(tarball) {
  const dir = emptyFolder('core-alone');
  run(dir, 'npm', 'install', '--silent', tarball);
  const installed = readdirSync(join(dir, 'node_modules')).filter((name) => !name.startsWith('.'));
  assert.deepEqual(installed, ['@flowerpower']);
  assert.deepEqual(readdirSync(join(dir, 'node_modules', '@flowerpower')), ['core']);
  writeFileSync(
    join(dir, 'use.mjs'),
    `import { createDriver } from '@flowerpower/core';
console.log(createDriver({ modules: [{ a: () => 1, b: ({ a }) => a + 1 }] }).executeSync(['b']));`,
  );
  assert.equal(run(dir, 'node', 'use.mjs').stdout, '{ b: 2 }\n');
  console.log('core alone: one package, and it runs');
}

function everything(tarballs) {
  const dir = emptyFolder('everything');
  // What the package.json of `init` names, so that its tsconfig finds the types of Node.
  run(dir, 'npm', 'install', '--silent', ...tarballs, 'typescript@7.0.2', '@types/node@20');
  run(dir, 'npx', 'flowerpower', 'init', 'shop');
  const shop = join(dir, 'shop');
  run(shop, 'npx', 'flowerpower', 'pipeline', 'new', 'hello');

  const human = run(shop, 'npx', 'flowerpower', 'pipeline', 'run', 'hello');
  assert.match(human.stdout, /Hello, world!/);
  const machine = run(
    shop,
    'npx',
    'flowerpower',
    'pipeline',
    'run',
    'hello',
    '--inputs',
    'name=Ada',
    '--json',
  );
  assert.equal(JSON.parse(machine.stdout).outputs.summary, 'Hello, Ada! (11 characters)');

  assert.match(run(shop, 'npx', 'flowerpower', 'check').stdout, /✓ hello/);
  run(shop, 'npx', 'flowerpower', 'pipeline', 'save-dag', 'hello');
  assert.match(readFileSync(join(shop, 'hello.svg'), 'utf8'), /<svg[\s\S]*greeting/);
  assert.match(run(shop, 'npx', 'flowerpower', 'doctor').stdout, /✓ pipeline hello/);

  // A wrong type between two nodes is found, with both places.
  const module = join(shop, 'pipelines', 'hello.ts');
  const text = readFileSync(module, 'utf8').replace(
    'greetingLength(greeting: string)',
    'greetingLength(greeting: Date)',
  );
  writeFileSync(module, text.replace('greeting.length', 'greeting.valueOf()'));
  const wrong = run(shop, 'npx', 'flowerpower', 'check', { expectedStatus: 1 });
  assert.match(wrong.stderr, /hello\.ts:\d+:\d+ ↔ \S*hello\.ts:\d+:\d+/);

  writeFileSync(
    join(shop, 'use.mjs'),
    `import { FlowerPowerProject } from 'flowerpower';
const project = await FlowerPowerProject.load('.');
console.log((await project.run('hello', { inputs: { name: 'Bo' }, outputs: ['greeting'] })).outputs.greeting);
await project.close();`,
  );
  assert.equal(run(shop, 'node', 'use.mjs').stdout, 'Hello, Bo!\n');
  console.log(
    'everything: init, new, run, check, save-dag, doctor and the library work from packed packages',
  );
}

/** The package of examples/custom-adapter, published as any other, in the project beside it. */
function adapter(tarballs) {
  const example = join(root, 'examples', 'custom-adapter');
  const dir = emptyFolder('adapter');
  for (const part of ['conf', 'pipelines', 'data', 'tsconfig.json', 'plugins.d.ts']) {
    cpSync(join(example, 'project', part), join(dir, part), { recursive: true });
  }
  const own = pack(example, join(temp, 'packed'));
  run(dir, 'npm', 'install', '--silent', ...tarballs, own, 'typescript@7.0.2', '@types/node@20');
  const { outputs } = JSON.parse(
    run(dir, 'npx', 'flowerpower', 'pipeline', 'run', 'totals', '--json').stdout,
  );
  assert.deepEqual(outputs.totals[0], { branch: 'North', total: '129.95' });
  assert.match(run(dir, 'npx', 'flowerpower', 'check').stdout, /✓ totals/);
  console.log('adapter: a plugin of someone else loads, saves and is checked from packed packages');
}

function emptyFolder(name) {
  const dir = join(temp, name);
  mkdirSync(dir);
  writeFileSync(join(dir, 'package.json'), '{ "private": true, "type": "module" }\n');
  return dir;
}

function run(cwd, command, ...args) {
  const { expectedStatus = 0 } = typeof args.at(-1) === 'object' ? args.pop() : {};
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  const shown = `${command} ${args.join(' ')}`;
  assert.equal(
    done.status,
    expectedStatus,
    `${shown} ended with ${done.status}\n${done.stdout}${done.stderr}`,
  );
  return done;
}
