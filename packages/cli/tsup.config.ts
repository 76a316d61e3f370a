import { definePackage } from '../../tools/tsup.shared.js';

export default definePackage({
  index: 'src/index.ts',
  bin: 'src/bin.ts',
  'watchdog-worker': 'src/terminal/watchdog-worker.ts',
});
