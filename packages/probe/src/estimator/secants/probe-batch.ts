import { batchOf, pixelPositions, type Basis } from '@nads/basis';
import type { Layout } from '@nads/basis';

/** The images x₀ ± h·d_j of some directions, in one array of which only the touched pixels change. */
export class ProbeBatch {
  /** The images of each run, as views: x₀ + h·d and x₀ − h·d in turn. */
  readonly runs: readonly Float32Array[];
  readonly dims: readonly number[];
  /** Directions that are held at a time: each takes two images. */
  readonly directions: number;
  private readonly images: Float32Array;
  private readonly basis: Basis;
  private readonly point: Float32Array;
  private readonly step: number;
  private readonly positions: Uint32Array;
  /** The direction that each pair of images holds, −1 for none. */
  private readonly held: Int32Array;

  constructor(
    basis: Basis,
    point: Float32Array,
    step: number,
    model: { readonly batch: number; readonly layout: Layout },
  ) {
    const { batch, layout } = model;
    const count = batch % 2 === 0 ? batch : 2 * batch;
    const size = point.length;
    this.images = new Float32Array(count * size);
    this.runs = Array.from({ length: count / batch }, (_, run) =>
      this.images.subarray(run * batch * size, (run + 1) * batch * size),
    );
    this.dims = batchOf(batch, basis.shape, layout);
    this.directions = count / 2;
    this.positions = pixelPositions(basis.shape, layout);
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
    this.basis.visit(direction, (pixel, value) => {
      images[plus + positions[pixel]] = point[pixel] + step * value;
      images[minus + positions[pixel]] = point[pixel] - step * value;
    });
  }
}
