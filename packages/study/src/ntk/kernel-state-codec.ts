import { encodeNpz } from '@nads/dataset';
import type { KernelState } from '@nads/probe';
import type { Identity } from '../identity.js';
import { decodeIdentity, encodeIdentity } from '../identity-array.js';
import { requireResumable } from '../require-resumable.js';
import { SavedArrays } from '../saved-arrays.js';
import type { Store } from '../store.js';
import { undamaged } from '../undamaged.js';
import { decodeKernelState } from './decode-kernel-state.js';

/** The file of a store that holds a kernel that is not complete. */
export const kernelStateFile = 'kernel.npz';

/** A .npz archive: `identity` (JSON as UTF-8), `blocks` that are done, `kernel` [n, n] float64. */
export function encodeKernelState({ blocks, kernel }: KernelState, identity: Identity): Uint8Array {
  return encodeNpz({
    identity: encodeIdentity(identity),
    blocks: { dtype: 'int32', shape: [1], data: Int32Array.of(blocks) },
    kernel: { dtype: 'float64', shape: [kernel.rows, kernel.columns], data: kernel.data },
  });
}

/**
 * The kernel that an earlier run left in a store; undefined where there is none.
 * @throws OptionError where it is damaged, or belongs to another model, other images or settings, saying which
 */
export async function readKernelState(
  store: Store,
  identity: Identity,
  images: number,
): Promise<KernelState | undefined> {
  const bytes = await store.read(kernelStateFile);
  if (!bytes) return undefined;
  const where = `${store.name}/${kernelStateFile}`;
  const arrays = undamaged(where, () => SavedArrays.decode(bytes, where));
  const found = undamaged(where, () => decodeIdentity(arrays));
  requireResumable(where, found, identity);
  return undamaged(where, () => decodeKernelState(arrays, images));
}
