// Runs the questions named on the command line, or all of them.
const questions = {
  startup: () => import('./startup.mjs'),
  project: () => import('./project.mjs'),
  sync: () => import('./sync.mjs'),
  peers: () => import('./peers.mjs'),
  async: () => import('./asynchronous.mjs'),
  mixed: () => import('./mixed.mjs'),
  observers: () => import('./observers.mjs'),
  build: () => import('./build.mjs'),
  'fan-out': () => import('./fan-out.mjs'),
  memory: () => import('./memory.mjs'),
  tables: () => import('./tables.mjs'),
  cache: () => import('./cache.mjs'),
  size: () => import('./size.mjs'),
  'small-files': () => import('./small-files.mjs'),
  stores: () => import('./stores.mjs'),
};

const asked = process.argv.slice(2).filter((name) => name !== '--');
for (const name of asked.length > 0 ? asked : Object.keys(questions)) {
  if (!(name in questions)) {
    console.error(`There is no question '${name}'. Questions: ${Object.keys(questions).join(', ')}.`);
    process.exit(2);
  }
  const { run } = await questions[name]();
  console.log(await run());
}
