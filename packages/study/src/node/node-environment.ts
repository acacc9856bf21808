import { totalmem } from 'node:os';
import type { Provider } from '@nads/runtime';
import { nodeRuntimeWith } from '@nads/runtime/node';
import type { Environment } from '../environment.js';

/**
 * onnxruntime's native build, and the memory of this machine or of the container that this is.
 * @param provider what runs models; the processor if not given
 */
export const nodeEnvironment = (provider?: Provider): Pick<Environment, 'runtime' | 'memory'> => ({
  runtime: nodeRuntimeWith({ provider }),
  memory: Math.min(totalmem(), process.constrainedMemory?.() || Infinity),
});
