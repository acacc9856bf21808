import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import { matrix, OptionError, type Matrix } from '@nads/linalg';
import type { KernelState } from '@nads/probe';
import { requireSame, type Identity } from '../identity.js';
import { decodeIdentity, encodeIdentity } from '../identity-array.js';
import type { Store } from '../store.js';

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
  try {
    const arrays = decodeNpz(bytes, where);
    requireSame(where, decodeIdentity(arrays.get('identity')), identity);
    return { blocks: count(arrays.get('blocks')), kernel: square(arrays.get('kernel'), images) };
  } catch (error) {
    const { message } = error as Error;
    const named = message.startsWith(where) ? message : `${where}: ${message}`;
    throw new OptionError('resume', named, error);
  }
}

function count(array: NdArray | undefined): number {
  const blocks = Number(array?.data[0]);
  if (Number.isSafeInteger(blocks) && blocks >= 0) return blocks;
  throw new Error('the number of blocks is missing');
}

function square(array: NdArray | undefined, images: number): Matrix {
  if (array?.dtype === 'float64' && array.shape.join() === [images, images].join())
    return matrix(images, images, array.data as Float64Array);
  throw new Error(`no kernel of ${images} images in it`);
}
