import { pixelsOf, type ImageShape } from '@nads/basis';
import { Random } from '@nads/linalg';

/** Fixed points x₀ ~ N(0, I) as images [C·H·W], each from a stream of its own. */
export function drawPoints(shape: ImageShape, seed: number, count: number): Float32Array[] {
  const random = new Random(seed).fork('point');
  return Array.from({ length: count }, (_, i) => {
    const point = new Float32Array(pixelsOf(shape));
    random.fork(i).fillNormal(point, 0, 1);
    return point;
  });
}
