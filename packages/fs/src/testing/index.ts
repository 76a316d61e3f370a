export { type Contract, registerContract, type Rules, type TestRegistrar } from './contract.js';
export type { CountedMethod, Delay, Fault, RecordedCall } from './faults/fault.js';
export { type FaultyFileSystem, withFaults } from './faults/with-faults.js';
export { type FileSystemFactory, type FileSystemRule, fileSystemContract } from './file-system-contract.js';
