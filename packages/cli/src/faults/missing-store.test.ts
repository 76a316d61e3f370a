/** Where a bucket cannot be used yet: no plugin is installed, and no file could name one. */
import { expect, onTestFinished, test } from 'vitest';
import { createTempProject } from '../__fixtures__/temp-project.js';

test('init in a bucket without the plugin of its scheme says what to install, and where', async () => {
  const folder = createTempProject({});
  onTestFinished(() => folder.remove());
  // Where packages of the workspace would be found that nobody has installed.
  const result = await folder.flowerpower(['init', 's3://team/shop'], { env: { NODE_PATH: '' } });
  expect(result).toMatchObject({
    status: expect.toSatisfy((status) => status !== 0),
    stderr: expect.stringContaining('In the working folder: npm install @flowerpower/plugin-s3'),
  });
});
