import { float32, type Session, type Values } from '@nads/runtime';
import { batchOf, pixelPositions, pixelsOf, type Basis, type ImageShape } from '@nads/basis';
import { NotFinite } from '../../not-finite/not-finite.js';
import type { HeadTreatment, Seed } from '../plan/plan.js';
import type { ImageBinding, Probing } from './secants.js';

/** Outputs whose gradients are wanted: one of a sampled layer, else all features or outputs. */
export const rowsOfHead = ({ outputs }: Seed, { kind }: HeadTreatment): number =>
  kind === 'sampled' ? 1 : outputs;

/**
 * Exact derivatives along every direction of a basis, Φ[j, k] = d_j · ∇f_k(x₀), as [directions × rows]
 * row-major: the limit of secants for h → 0. One backward pass for each of the first `rows` outputs.
 * @throws NotFinite where a gradient is not finite.
 */
export async function jacobian(
  session: Session,
  probing: Probing,
  rows: number,
): Promise<Float32Array> {
  const { binding, basis, signal } = probing;
  const positions = pixelPositions(basis.shape, binding.layout);
  const byPixel = new Float32Array(positions.length * rows);
  let first = 0;
  for (const inputs of seededRuns(probing, rows)) {
    signal?.throwIfAborted();
    const results = await session.run(inputs);
    const count = Math.min(binding.batch, rows - first);
    collect(results[binding.output].data as Float32Array, positions, count, (pixel, row, value) => {
      byPixel[pixel * rows + first + row] = value;
    });
    first += count;
  }
  return basis.name === 'pixels' ? byPixel.subarray(0, basis.size * rows) : along(basis, byPixel);
}

/** The inputs of a Jacobian's runs: the point again and again, with a seed on one output each. */
export function* seededRuns({ binding, basis, point }: Probing, rows: number): Generator<Values> {
  const { input, seed, batch } = binding;
  const images = repeated(point, binding, basis.shape);
  for (let first = 0; first < rows; first += batch) {
    const seeds = new Float32Array(batch * seed!.outputs);
    for (let i = 0; i < Math.min(batch, rows - first); i++)
      seeds[i * seed!.outputs + first + i] = 1;
    yield {
      [input]: float32(images, batchOf(batch, basis.shape, binding.layout)),
      [seed!.name]: float32(seeds, [batch, seed!.outputs]),
    };
  }
}

/** A batch of one image, in the model's order of axes. */
function repeated(
  point: Float32Array,
  { batch, layout }: ImageBinding,
  shape: ImageShape,
): Float32Array {
  const images = new Float32Array(batch * point.length);
  const positions = pixelPositions(shape, layout);
  positions.forEach((at, pixel) => (images[at] = point[pixel]));
  for (let i = 1; i < batch; i++) images.copyWithin(i * point.length, 0, point.length);
  return images;
}

type Visit = (pixel: number, row: number, value: number) => void;

function collect(
  gradients: Float32Array,
  positions: Uint32Array,
  count: number,
  visit: Visit,
): void {
  for (let row = 0; row < count; row++)
    positions.forEach((at, pixel) => {
      const value = gradients[row * positions.length + at];
      if (!Number.isFinite(value))
        throw new NotFinite(
          value,
          'for a gradient at the point; try `probe` secant or another `init`',
        );
      visit(pixel, row, value);
    });
}

/** From derivatives along pixels to those along a basis: [directions × rows]. */
function along(basis: Basis, byPixel: Float32Array): Float32Array {
  const rows = byPixel.length / pixelsOf(basis.shape);
  const sums = new Float64Array(basis.size * rows);
  for (let j = 0; j < basis.size; j++)
    basis.visit(j, (pixel, value) => {
      for (let k = 0; k < rows; k++) sums[j * rows + k] += value * byPixel[pixel * rows + k];
    });
  return Float32Array.from(sums);
}
