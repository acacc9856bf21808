import { totalmem } from 'node:os';
import { nodeRuntime } from '@nads/runtime/node';
import type { Environment } from '../environment.js';

/** onnxruntime's native build, and the memory of this machine or of the container that this is. */
export const nodeEnvironment = (): Pick<Environment, 'runtime' | 'memory'> => ({
  runtime: nodeRuntime,
  memory: Math.min(totalmem(), process.constrainedMemory?.() || Infinity),
});
