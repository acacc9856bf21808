import { pixelPositions, pixelsOf, type Basis } from '@nads/basis';
import type { Session } from '@nads/runtime';
import { NotFinite } from '../../not-finite/not-finite.js';
import type { Probing } from './probing.js';
import { seededRuns } from './seeded-runs.js';

/**
 * Exact derivatives along every direction of a basis, Φ[j, k] = d_j · ∇f_k(x₀), as [directions × outputs]
 * row-major: the limit of secants for h → 0. One backward pass for each of the first `outputs` outputs.
 * @throws NotFinite where a gradient is not finite.
 */
export async function jacobian(
  session: Session,
  probing: Probing,
  outputs: number,
): Promise<Float32Array> {
  const { binding, basis, signal } = probing;
  const positions = pixelPositions(basis.shape, binding.layout);
  const byPixel = new Float32Array(positions.length * outputs);
  let first = 0;
  for (const inputs of seededRuns(probing, outputs)) {
    signal?.throwIfAborted();
    const results = await session.run(inputs);
    const count = Math.min(binding.batch, outputs - first);
    collect(results[binding.output].data as Float32Array, positions, count, (pixel, k, value) => {
      byPixel[pixel * outputs + first + k] = value;
    });
    first += count;
  }
  return basis.name === 'pixels'
    ? byPixel.subarray(0, basis.size * outputs)
    : alongBasis(basis, byPixel);
}

type Visit = (pixel: number, output: number, value: number) => void;

function collect(
  gradients: Float32Array,
  positions: Uint32Array,
  count: number,
  visit: Visit,
): void {
  for (let k = 0; k < count; k++)
    positions.forEach((at, pixel) => {
      const value = gradients[k * positions.length + at];
      if (!Number.isFinite(value))
        throw new NotFinite(
          value,
          'for a gradient at the point; try `probe` secant or another `init`',
        );
      visit(pixel, k, value);
    });
}

/** From derivatives along pixels to those along a basis: [directions × outputs]. */
function alongBasis(basis: Basis, byPixel: Float32Array): Float32Array {
  const outputs = byPixel.length / pixelsOf(basis.shape);
  const sums = new Float64Array(basis.size * outputs);
  for (let j = 0; j < basis.size; j++)
    basis.visit(j, (pixel, value) => {
      for (let k = 0; k < outputs; k++)
        sums[j * outputs + k] += value * byPixel[pixel * outputs + k];
    });
  return Float32Array.from(sums);
}
