import { OptionError, type Random } from '@nads/linalg';
import { formatDims, type Dims } from './image.js';
import type { LabelledImages } from './labelled-images.js';

/** A linearly separable distribution D(v). */
export interface Separable {
  readonly dims: Dims;
  /** v, of unit norm: [C·H·W]. */
  readonly direction: ArrayLike<number>;
  /** Distance between the two classes along v. */
  readonly epsilon: number;
  /** Standard deviation of the noise across v. */
  readonly sigma: number;
  readonly count: number;
}

/** ε and σ are at most as large as this, so that no pixel is beyond single precision. */
const largest = 1e30;

const mostImages = 100_000_000;

/** Of σ: smaller distances ε are lost where pixels are rounded to single precision. */
const resolution = 2 ** -20;

/** How far from 1 the norm of a direction in single precision may be. */
const roundingOfNorm = 1e-4;

/**
 * Images x = (ε/2)·y·v + w with w ~ N(0, σ²(I − vvᵀ)) and y = ±1, label 0 for y = +1: v is the only direction that tells the
 * classes apart, and tells them apart without error (Ortiz-Jiménez et al. 2020, D(v)). Classes take turns; each
 * image has a stream of its own, so that any part of the set can be made by itself.
 * @throws where v is not of unit norm or of other dims, or the count is not positive; OptionError as `requireSeparable`.
 */
export function separableImages(separable: Separable, random: Random): LabelledImages {
  const { dims, epsilon, sigma, count } = separable;
  const direction = checked(separable);
  return {
    count,
    dims,
    labels: Int32Array.from({ length: count }, (_, i) => i % 2),
    classNames: ['+v', '-v'],
    nameOf: index => `image ${index}`,
    image: index => {
      const data = new Float32Array(direction.length);
      random.fork(index).fillNormal(data, 0, sigma);
      const along = data.reduce((sum, x, k) => sum + x * direction[k], 0);
      const wanted = ((index % 2 === 0 ? 1 : -1) * epsilon) / 2;
      for (let k = 0; k < data.length; k++) data[k] += (wanted - along) * direction[k];
      return { dims, data };
    },
  };
}

/** @throws OptionError where ε or σ is not a positive number, or single precision cannot hold what they say */
export function requireSeparable({ epsilon, sigma }: Pick<Separable, 'epsilon' | 'sigma'>): void {
  for (const [option, value] of Object.entries({ epsilon, sigma })) {
    if (!(value > 0)) throw new OptionError(option, `${value} is not a number above 0`);
    if (value > largest) throw new OptionError(option, `${value} is more than ${largest}`);
  }
  if (epsilon < sigma * resolution)
    throw new OptionError(
      'epsilon',
      `${epsilon} is lost in rounding beside noise of \`sigma\` ${sigma}; give at least ${(sigma * resolution).toExponential(1)}`,
    );
}

function checked({ dims, direction, epsilon, sigma, count }: Separable): Float64Array {
  requireSeparable({ epsilon, sigma });
  if (!Number.isSafeInteger(count) || count < 1 || count > mostImages)
    throw new Error(
      `separable images: ${count} of them, expected an integer from 1 to ${mostImages}`,
    );
  const v = Float64Array.from(direction);
  const pixels = dims.reduce((product, size) => product * size, 1);
  if (v.length !== pixels)
    throw new Error(
      `separable images: a direction of ${v.length} numbers for images of ${formatDims(dims)}`,
    );
  const norm = Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
  if (!(Math.abs(norm - 1) <= roundingOfNorm))
    throw new Error(
      `separable images: the direction's norm is ${norm.toPrecision(6)}, expected 1; divide it by its norm`,
    );
  return v.map(x => x / norm);
}
