import type { Matrix } from '@nads/linalg';
import { tangentKernel, type KernelState, type TangentFeatures } from '@nads/probe';
import { matrixProduct } from '@nads/runtime';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { Pace } from '../pace.js';
import { encodeKernelState, kernelStateFile, readKernelState } from './kernel-state-codec.js';

/** How a kernel is worked out, and what it belongs to where it is kept. */
export interface KernelEnvironment extends Environment {
  /** Gradients that are held at a time. */
  readonly kept: number;
  readonly identity: Identity;
  /** Continues what is kept. */
  readonly resume?: boolean;
}

/** A tangent kernel, kept in the store block by block while it is worked out. */
export async function keptKernel(
  features: TangentFeatures,
  { runtime, store, signal, onProgress, kept, identity, resume }: KernelEnvironment,
): Promise<Matrix> {
  const multiply = await matrixProduct(runtime);
  const from =
    resume && store ? await readKernelState(store, identity, features.images) : undefined;
  const pace = new Pace();
  let latest: KernelState | undefined;
  const keep = async (): Promise<void> =>
    latest && store?.write([[kernelStateFile, encodeKernelState(latest, identity)]]);
  const onBlock = async (state: KernelState): Promise<void> => {
    latest = state;
    if (pace.isDue) await pace.save(keep);
  };
  const options = { kept, multiply, from, onBlock, signal, onProgress };
  try {
    return await tangentKernel(features, options);
  } catch (error) {
    if (signal?.aborted) await keep();
    throw error;
  }
}
