import { definePackage } from '../../tools/tsup.shared.js';

export default definePackage(['src/index.ts', 'src/display-width.ts']);
