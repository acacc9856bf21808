import type { Inference } from '@nads/onnx';
import type { Filters } from './filters.js';
import type { Unit } from './unit.js';

/** Σ w² over the weights of each unit. */
export function magnitudes(
  inference: Inference,
  filters: readonly Filters[],
  units: readonly Unit[],
): Float64Array {
  const lists = filters.map(list => sumsOf(list, inference, w => w * w));
  return ofUnits(units, lists);
}

/** Σ |γ| over the normalisations of each unit; a filter without one counts nothing. */
export function scales(
  inference: Inference,
  filters: readonly Filters[],
  units: readonly Unit[],
): Float64Array {
  const lists = filters.map(({ scale, size }) => {
    const value = scale === undefined ? undefined : inference.get(scale)?.value;
    return value ? Float64Array.from(value.data as Float32Array, Math.abs) : new Float64Array(size);
  });
  return ofUnits(units, lists);
}

/** Σ (w·∂L/∂w)² over the weights of each unit (Molchanov et al. 2019). @param slopes ∂L/∂w of each list of filters. */
export function weightTaylor(
  inference: Inference,
  filters: readonly Filters[],
  units: readonly Unit[],
  slopes: readonly ArrayLike<number>[],
): Float64Array {
  const lists = filters.map((list, i) =>
    sumsOf(list, inference, (w, at) => (w * slopes[i][at]) ** 2),
  );
  return ofUnits(units, lists);
}

/** A sum over the weights of each filter. */
function sumsOf(
  { weight, weightAxis, size }: Filters,
  inference: Inference,
  term: (w: number, at: number) => number,
): Float64Array {
  const known = inference.get(weight)?.value;
  const sums = new Float64Array(size);
  if (!known) return sums;
  const inner = known.dims.slice(weightAxis + 1).reduce((a, b) => a * b, 1);
  (known.data as Float32Array).forEach((w, at) => {
    sums[Math.floor(at / inner) % size] += term(w, at);
  });
  return sums;
}

const ofUnits = (units: readonly Unit[], lists: readonly Float64Array[]): Float64Array =>
  Float64Array.from(units, ({ members }) =>
    members.reduce((sum, { list, place }) => sum + lists[list][place], 0),
  );
