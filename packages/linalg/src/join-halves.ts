import { addProduct, view } from './add-product.js';
import { rankOneEigen } from './rank-one-eigen.js';
import { rotate } from './rotate.js';
import type { UnorderedEigen } from './unordered-eigen.js';

/** Which half of the block an eigenvector lives on. */
const [firstHalf, bothHalves, secondHalf] = [0, 1, 2];

/** The block diag(T₁, T₂) + ρ u uᵀ, seen in the eigenvectors of T₁ and T₂: D + ρ z zᵀ. */
interface Union {
  readonly eigen: UnorderedEigen;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
  readonly rho: number;
  /** D, a view of the block's values. */
  readonly d: Float64Array;
  readonly z: Float64Array;
  readonly support: Uint8Array;
}

/**
 * Joins two solved halves of a block, one step of divide and conquer.
 * Afterwards the new values and vectors come first and the unchanged ones last.
 * @param coupling the entry between the halves; its magnitude has been taken off their adjoining diagonal entries.
 */
export function joinHalves(
  eigen: UnorderedEigen,
  start: number,
  middle: number,
  end: number,
  coupling: number,
): void {
  const union = unite(eigen, start, middle, end, coupling);
  const kept = deflate(union);
  const { values, vectors } = rankOneEigen(
    Float64Array.from(kept, j => union.d[j]),
    Float64Array.from(kept, j => union.z[j]),
    union.rho,
  );
  const isKept = new Set(kept);
  const unchanged = [...union.d.keys()].filter(j => !isKept.has(j));
  // Vectors of one half stand together, so that products can leave out their zeros.
  const supportOf = (p: number) => union.support[kept[p]];
  const order = [...kept.keys()].toSorted((p, q) => supportOf(p) - supportOf(q));
  const ordered = order.map(p => kept[p]);
  const old = copyVectors(union, [...ordered, ...unchanged]);
  combineVectors(union, ordered, permuteColumns(vectors.data, order), old);
  union.d.set([...values, ...unchanged.map(j => union.d[j])]);
}

function unite(
  eigen: UnorderedEigen,
  start: number,
  middle: number,
  end: number,
  coupling: number,
): Union {
  const { n, values, vectors } = eigen;
  const d = values.subarray(start, end);
  const half = middle - start;
  const support = new Uint8Array(d.length).fill(secondHalf, half);
  const z = d.map((_, j) => {
    const row = (start + j) * n;
    const edge = j < half ? vectors[row + middle - 1] : Math.sign(coupling) * vectors[row + middle];
    return edge * Math.SQRT1_2;
  });
  return { eigen, start, middle, end, rho: 2 * Math.abs(coupling), d, z, support };
}

/**
 * Turns pairs of vectors with nearly equal values so that one of them has no part in z (as LAPACK's dlaed2).
 * @returns what has a part in z, by ascending value; the values are then distinct.
 */
function deflate(union: Union): number[] {
  const { d, z, rho } = union;
  const largest = d.reduce((m, value) => Math.max(m, Math.abs(value)), rho);
  const tolerance = 4 * Number.EPSILON * largest;
  const kept: number[] = [];
  for (const j of Uint32Array.from(d.keys()).toSorted((p, q) => d[p] - d[q])) {
    if (rho * Math.abs(z[j]) <= tolerance) continue;
    const previous = kept.at(-1);
    if (previous !== undefined && deflatePair(union, previous, j, tolerance)) kept.pop();
    kept.push(j);
  }
  return kept;
}

/** Moves z_p into z_q if the off-diagonal entry that this would cost is negligible. */
function deflatePair(
  { eigen, start, end, d, z, support }: Union,
  p: number,
  q: number,
  tolerance: number,
): boolean {
  const length = Math.hypot(z[p], z[q]);
  const [cosine, sine] = [z[q] / length, -z[p] / length];
  if (Math.abs((d[q] - d[p]) * cosine * sine) > tolerance) return false;
  [z[p], z[q]] = [0, length];
  const row = (j: number) => (start + j) * eigen.n + start;
  rotate(eigen.vectors, row(p), row(q), end - start, cosine, sine);
  const [low, high] = [d[p], d[q]];
  d[p] = low * cosine ** 2 + high * sine ** 2;
  d[q] = low * sine ** 2 + high * cosine ** 2;
  if (support[p] !== support[q]) support[p] = support[q] = bothHalves;
  return true;
}

function permuteColumns(square: Float64Array, order: readonly number[]): Float64Array {
  const k = order.length;
  const result = new Float64Array(k * k);
  for (let i = 0; i < k * k; i += k)
    for (let j = 0; j < k; j++) result[i + j] = square[i + order[j]];
  return result;
}

/** The block's vectors in another order. */
function copyVectors({ eigen, start, end }: Union, order: readonly number[]): Float64Array {
  const size = end - start;
  const copy = new Float64Array(size * size);
  order.forEach((j, i) => {
    const row = (start + j) * eigen.n + start;
    copy.set(eigen.vectors.subarray(row, row + size), i * size);
  });
  return copy;
}

/** Puts the combinations of the kept vectors first, worked out half by half, and the others behind them. */
function combineVectors(
  { eigen, start, middle, end, support }: Union,
  kept: readonly number[],
  coefficients: Float64Array,
  old: Float64Array,
): void {
  const { n, vectors } = eigen;
  const [size, half, k] = [end - start, middle - start, kept.length];
  const corner = start * n + start;
  for (let i = 0; i < size; i++) {
    const row = old.subarray(i * size, (i + 1) * size);
    vectors.set(i < k ? new Float64Array(size) : row, corner + i * n);
  }
  const inFirst = kept.filter(j => support[j] !== secondHalf).length;
  const onlyFirst = kept.filter(j => support[j] === firstHalf).length;
  addProduct(
    view(vectors, k, half, n, corner),
    view(coefficients, k, inFirst, k),
    view(old, inFirst, half, size),
  );
  addProduct(
    view(vectors, k, size - half, n, corner + half),
    view(coefficients, k, k - onlyFirst, k, onlyFirst),
    view(old, k - onlyFirst, size - half, size, onlyFirst * size + half),
  );
}
