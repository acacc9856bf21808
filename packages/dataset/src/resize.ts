import type { Image } from './image.js';
import type { Resampling } from './preprocessing.js';

/** What one side is resized to, and which part of that is wanted. */
export interface Side {
  readonly size: number;
  readonly first: number;
  readonly count: number;
}

/**
 * An image resized, and cut to the wanted part of the result; [C, H, W] as before. The same numbers as
 * PIL's `resize` gives: `bilinear` widens its triangle when it makes smaller, so that every pixel counts
 * (torchvision's antialias=True); bytes are rounded after each axis; `nearest` takes the pixel under the
 * middle. (Pillow, Resample.c and Geometry.c)
 */
export function resize(image: Image, height: Side, width: Side, resampling: Resampling): Image {
  const [channels, fromHeight, fromWidth] = image.dims;
  const tapsOf = resampling === 'nearest' ? nearest : triangle;
  const across = resample(
    image.data,
    { outer: channels * fromHeight, from: fromWidth, inner: 1 },
    tapsOf(fromWidth, width),
  );
  const data = resample(
    across,
    { outer: channels, from: fromHeight, inner: width.count },
    tapsOf(fromHeight, height),
  );
  return { dims: [channels, height.count, width.count], data };
}

/** Which values of a line make one of the result, and how much each counts. */
interface Taps {
  readonly start: number;
  readonly weights: Float64Array;
}

function nearest(from: number, { size, first, count }: Side): Taps[] {
  const weights = Float64Array.of(1);
  return Array.from({ length: count }, (_, i) => ({
    start: Math.min(from - 1, Math.floor(((first + i + 0.5) * from) / size)),
    weights,
  }));
}

function triangle(from: number, { size, first, count }: Side): Taps[] {
  const scale = from / size;
  const support = Math.max(scale, 1);
  return Array.from({ length: count }, (_, i) => {
    const centre = (first + i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const weights = Float64Array.from({ length: end - start }, (_, k) =>
      Math.max(0, 1 - Math.abs((start + k - centre + 0.5) / support)),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return { start, weights: weights.map(weight => weight / sum) };
  });
}

/** An array [outer, from, inner]. */
interface Axis {
  readonly outer: number;
  readonly from: number;
  readonly inner: number;
}

/** Weighted sums along the middle axis of [outer, from, inner]. */
function resample(data: Image['data'], axis: Axis, taps: readonly Taps[]): Image['data'] {
  const isBytes = data instanceof Uint8Array;
  const out = new (isBytes ? Uint8Array : Float32Array)(axis.outer * taps.length * axis.inner);
  const fixed = isBytes ? taps.map(toFixedPoint) : taps;
  const line = new Float64Array(axis.inner);
  let to = 0;
  for (let o = 0; o < axis.outer; o++)
    for (const tap of fixed) {
      weigh(data, (o * axis.from + tap.start) * axis.inner, tap.weights, line);
      for (const sum of line) out[to++] = isBytes ? fromFixedPoint(sum) : sum;
    }
  return out;
}

/** Σ_k weights[k] · data[from + k·inner + i] for each i. */
function weigh(data: Image['data'], from: number, weights: Float64Array, line: Float64Array): void {
  line.fill(0);
  let at = from;
  for (const weight of weights)
    for (let i = 0; i < line.length; i++) line[i] += weight * data[at++];
}

/** Pillow's weights for bytes have 22 binary places. */
const one = 2 ** 22;

const toFixedPoint = ({ start, weights }: Taps): Taps => ({
  start,
  weights: weights.map(weight => Math.floor(weight * one + 0.5)),
});

const fromFixedPoint = (sum: number): number => Math.min(255, Math.floor(sum / one + 0.5));
