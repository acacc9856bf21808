export { ntk, type Ntk, type NtkEnvironment, type NtkPlan, type NtkSettings } from './ntk.js';
export { kernelStateFile } from './kernel-state-codec.js';
export type { KernelNumbers } from './kernel-numbers.js';
export { ntkFiles } from './ntk-files.js';
export { ntkSchema, ntkSummary, parseNtkSummary, type NtkSummary } from './ntk-summary.js';
