export { type LoaderCase, type LoaderRule, loaderContract } from './loader-contract.js';
export { type SaverCase, type SaverRule, saverContract } from './saver-contract.js';
