import { encodeNpz } from '@nads/dataset';
import { matrix, type Matrix } from '@nads/linalg';
import type { KernelState } from '@nads/probe';
import { decodeKernelState } from '../ntk/decode-kernel-state.js';
import { decodeIdentity, encodeIdentity } from '../identity-array.js';
import type { Identity } from '../identity.js';
import { requireResumable } from '../require-resumable.js';
import { SavedArrays } from '../saved-arrays.js';
import type { Store } from '../store.js';
import { undamaged } from '../undamaged.js';

/** The file of a store that holds similarities that are not complete. */
export const elasticityStateFile = 'similarities.npz';

/** Kernelised similarities so far. */
export interface ElasticityState {
  /** Of networks that are done. */
  readonly kernels: readonly Matrix[];
  /** Of the next. */
  readonly next?: KernelState;
}

/** A .npz archive: `identity` (JSON as UTF-8), `kernels` [done, n, n] float64, `blocks` that are done of the next, `kernel` [n, n]. */
export function encodeElasticityState(
  { kernels, next }: ElasticityState,
  identity: Identity,
  images: number,
): Uint8Array {
  const all = new Float64Array(kernels.length * images ** 2);
  kernels.forEach(({ data }, i) => all.set(data, i * images ** 2));
  return encodeNpz({
    identity: encodeIdentity(identity),
    kernels: { dtype: 'float64', shape: [kernels.length, images, images], data: all },
    ...(next && {
      blocks: { dtype: 'int32', shape: [1], data: Int32Array.of(next.blocks) },
      kernel: { dtype: 'float64', shape: [images, images], data: next.kernel.data },
    }),
  });
}

/**
 * What an earlier run left in a store; nothing where there is no file.
 * @throws OptionError where it is damaged, or belongs to another model, other images or settings, saying which
 */
export async function readElasticityState(
  store: Store,
  identity: Identity,
  images: number,
): Promise<ElasticityState> {
  const bytes = await store.read(elasticityStateFile);
  if (!bytes) return { kernels: [] };
  const where = `${store.name}/${elasticityStateFile}`;
  const arrays = undamaged(where, () => SavedArrays.decode(bytes, where));
  const found = undamaged(where, () => decodeIdentity(arrays));
  requireResumable(where, found, identity);
  return undamaged(where, () => stateOf(arrays, images));
}

function stateOf(arrays: SavedArrays, images: number): ElasticityState {
  const kernels = squares(arrays, images);
  return arrays.has('blocks') ? { kernels, next: decodeKernelState(arrays, images) } : { kernels };
}

/** Matrices of n × n one after the other; there may be none. */
function squares(arrays: SavedArrays, n: number): Matrix[] {
  const data = arrays.finite('kernels', [arrays.length('kernels'), n, n]);
  return Array.from({ length: data.length / n ** 2 }, (_, i) =>
    matrix(n, n, data.slice(i * n ** 2, (i + 1) * n ** 2)),
  );
}
