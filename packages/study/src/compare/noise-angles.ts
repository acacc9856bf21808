/** The leading subspace of directions that were estimated. */
export interface EstimatedSubspace {
  /** Of each direction, most preferred first: [p]. */
  readonly eigenvalues: ArrayLike<number>;
  /** Its dimension k. */
  readonly top: number;
  /** Expected overlap with the true one. */
  readonly predicted: number;
  /** Of each direction: noise turns none towards one of another type. All of one type if not given. */
  readonly types?: readonly string[];
}

/**
 * How far noise has turned each direction i < k of an estimate towards each j ≥ k: the variances of the small angles ε_ij, row by row
 * [k × (p − k)]. They are in proportion to λ_i λ_j / (λ_i − λ_j)² (Anderson 1963), at most ½, where directions mix freely, and
 * sum up to k (1 − predicted overlap with the true subspace).
 */
export function noiseAngles(estimated: EstimatedSubspace): Float64Array {
  const weights = spreads(estimated);
  const scale = scaleFor(weights, estimated.top * (1 - estimated.predicted));
  return weights.map(weight => turned(weight, scale));
}

/** λ_i λ_j / (λ_i − λ_j)², 0 of different types. */
function spreads({ eigenvalues, top, types }: EstimatedSubspace): Float64Array {
  const beyond = eigenvalues.length - top;
  return Float64Array.from({ length: top * beyond }, (_, at) => {
    const [i, j] = [Math.floor(at / beyond), top + (at % beyond)];
    if (types && types[i] !== types[j]) return 0;
    const [a, b] = [eigenvalues[i], eigenvalues[j]];
    return Math.max(0, a * b) / Math.max((a - b) ** 2, Number.MIN_VALUE);
  });
}

/** In proportion to the spread where that is small, ½ where it is large. */
const turned = (spread: number, scale: number): number => {
  const angle = spread * scale;
  return angle === Infinity ? 0.5 : angle / (1 + 2 * angle);
};

/** The scale at which all together turn as far as `total`, as far as they can. */
function scaleFor(weights: Float64Array, total: number): number {
  const some = weights.filter(weight => weight > 0);
  const sum = (scale: number) => some.reduce((all, weight) => all + turned(weight, scale), 0);
  let [low, high] = [-60, 60];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (sum(10 ** middle) < total) low = middle;
    else high = middle;
  }
  return 10 ** low;
}
