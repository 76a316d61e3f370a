export { type Contract, registerContract, type Rules, type TestRegistrar } from './contract.js';
export { type FaultyFileSystem, failAtNthCall } from './fail-at-nth-call.js';
export { type FileSystemFactory, type FileSystemRule, fileSystemContract } from './file-system-contract.js';
