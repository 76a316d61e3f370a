import { test } from 'vitest';
import { createDriver, node, retry, tag } from '../index.js';

const m = { f: ({ x = 1 }: { x?: number }) => x };
const driver = createDriver({ modules: [m] });

test('the compiler refuses what is refused when it runs', () => {
  // @ts-expect-error -- a tag is a text
  node(() => 1, tag({ k: null }));
  // @ts-expect-error -- a tag has a name
  node(() => 1, tag({ '': 'x' }));
  // @ts-expect-error -- a list of names
  void driver.execute('f');
  // @ts-expect-error -- names
  void driver.execute([m.f]);
  // @ts-expect-error -- a list of names
  void driver.execute(undefined);
  // @ts-expect-error -- an object
  driver.executeSync(['f'], { inputs: null });
  // @ts-expect-error -- an object
  driver.executeSync(['f'], { overrides: null });
  // @ts-expect-error -- objects
  createDriver({ modules: [null] });
  // @ts-expect-error -- a list
  createDriver({ modules: m });
  // @ts-expect-error -- fail or continue
  driver.executeSync(['f'], { onError: 'continu' });
  // @ts-expect-error -- no such option
  driver.executeSync(['f'], { onErorr: 'continue' });
  // @ts-expect-error -- a number
  driver.executeSync(['f'], { maxConcurrency: '2' });
  // @ts-expect-error -- it answers at once
  node(() => 1, retry({ maxRetries: 1, when: async () => false }));
});
