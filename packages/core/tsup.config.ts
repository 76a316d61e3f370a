import { definePackage } from '../../tools/tsup.shared.js';

// One file for each subpath, so that a browser can load the package as it is.
export default definePackage(['src/index.ts', 'src/testing/index.ts'], { splitting: false });
