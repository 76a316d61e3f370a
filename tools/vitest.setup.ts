/** Property tests draw new cases at every run. `FLOWERPOWER_SEED` fixes them, as CI does, so that a run can be repeated. */
import fc from 'fast-check';

const seed = process.env['FLOWERPOWER_SEED'];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
