import { float32, type Session } from '@nads/runtime';
import type { Layout } from '@nads/onnx';
import type { Basis } from './basis.js';
import { batchOf, pixelPositions } from './image-shape.js';

/** How a session takes images. */
export interface Intake {
  readonly input: string;
  readonly output: string;
  readonly layout: Layout;
  /** Images in one run. */
  readonly batch: number;
}

/**
 * Central differences along every direction of a basis,
 * Φ[j, k] = (f_k(x₀ + h·d_j) − f_k(x₀ − h·d_j)) / (2h), as [directions × outputs] row-major
 * (Ortiz-Jiménez et al. 2020, with h = 100).
 * @param point x₀ [C, H, W].
 * @throws where the model gives numbers that are not finite.
 */
export async function secants(
  session: Session,
  intake: Intake,
  basis: Basis,
  point: Float32Array,
  step: number,
): Promise<Float32Array> {
  const batch = new ProbeBatch(intake, basis, point, step);
  let phi: Float32Array | undefined;
  for (let first = 0; first < basis.size; first += batch.directions) {
    const count = batch.fill(first);
    const values = await runBatch(session, intake, batch);
    const features = values.length / (2 * batch.directions);
    phi ??= new Float32Array(basis.size * features);
    differences(values, features, count, step, phi.subarray(first * features));
  }
  return phi!;
}

/** Runs the images of a probe batch, in as many runs as the model's batch asks for. */
async function runBatch(
  session: Session,
  intake: Intake,
  probes: ProbeBatch,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (const images of probes.runs) {
    const results = await session.run({ [intake.input]: float32(images, probes.dims) });
    parts.push(results[intake.output].data as Float32Array);
  }
  return parts.length === 1 ? parts[0] : joined(parts);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.length * parts[0].length);
  parts.forEach((part, i) => whole.set(part, i * part.length));
  return whole;
}

function differences(
  values: Float32Array,
  features: number,
  count: number,
  step: number,
  out: Float32Array,
): void {
  const scale = 1 / (2 * step);
  for (let i = 0; i < count; i++)
    for (let k = 0; k < features; k++) {
      const plus = values[2 * i * features + k];
      const difference = (plus - values[(2 * i + 1) * features + k]) * scale;
      if (!Number.isFinite(difference))
        throw new Error(
          `the model gives ${plus} for a probe of step ${step}; try a smaller --step`,
        );
      out[i * features + k] = difference;
    }
}

/** The images x₀ ± h·d_j of some directions, in one array of which only the touched pixels change. */
class ProbeBatch {
  readonly images: Float32Array;
  /** The images of each run, as views. */
  readonly runs: readonly Float32Array[];
  readonly dims: readonly number[];
  /** Directions that are held at a time: each takes two images. */
  readonly directions: number;
  private readonly basis: Basis;
  private readonly point: Float32Array;
  private readonly step: number;
  private readonly positions: Uint32Array;
  /** The direction that each pair of images holds, −1 for none. */
  private readonly held: Int32Array;

  constructor({ batch, layout }: Intake, basis: Basis, point: Float32Array, step: number) {
    this.positions = pixelPositions(basis.shape, layout);
    const count = batch % 2 === 0 ? batch : 2 * batch;
    const size = point.length;
    this.images = new Float32Array(count * size);
    this.runs = Array.from({ length: count / batch }, (_, run) =>
      this.images.subarray(run * batch * size, (run + 1) * batch * size),
    );
    this.dims = batchOf(batch, basis.shape, layout);
    this.directions = count / 2;
    this.basis = basis;
    this.point = point;
    this.step = step;
    this.held = new Int32Array(this.directions).fill(-1);
    for (let slot = 0; slot < count; slot++)
      this.positions.forEach((at, pixel) => (this.images[slot * size + at] = point[pixel]));
  }

  /** Fills in the directions from `first` on; says how many there were. */
  fill(first: number): number {
    const count = Math.min(this.directions, this.basis.size - first);
    for (let pair = 0; pair < count; pair++) {
      if (this.held[pair] >= 0) this.write(pair, this.held[pair], 0);
      this.write(pair, first + pair, this.step);
      this.held[pair] = first + pair;
    }
    return count;
  }

  private write(pair: number, direction: number, step: number): void {
    const { images, point, positions } = this;
    const plus = 2 * pair * point.length;
    const minus = plus + point.length;
    this.basis.direction(direction, (pixel, value) => {
      images[plus + positions[pixel]] = point[pixel] + step * value;
      images[minus + positions[pixel]] = point[pixel] - step * value;
    });
  }
}
