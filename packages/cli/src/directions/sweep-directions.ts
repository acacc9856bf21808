import { fourierDirection, gridFrequencies } from '@nads/dataset';
import { cosineBasis, Random, randomOrthonormal, row, type Matrix } from '@nads/linalg';
import { readResult } from './result.js';
import { splitSpec } from './split-spec.js';

/** A direction to train along. */
export interface Direction {
  /** Its place in the basis. */
  readonly index: number;
  /** On a grid. */
  readonly place?: readonly [x: number, y: number];
  /** Of unit norm: [C·H·W]. */
  readonly vector: Float64Array;
}

/** A basis of directions, made one by one. */
export interface SweepBasis {
  readonly count: number;
  /** Side of a grid that the directions form. */
  readonly side?: number;
  readonly eigenvalues?: ArrayLike<number>;
  readonly direction: (index: number) => Direction;
  /** What was done to make a direction's norm 1, if anything. */
  readonly note?: string;
}

/** Sizes of the images. */
export interface ImageSizes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const help =
  'fourier:16 (a grid of 16×16 frequencies, x:y), dct:K (K×K cosines, x:y), random:COUNT, nads:DIR (a result, its nads.npz or .npy rows)';

/**
 * The basis that a specification names. Directions of one channel stand in all channels alike.
 * @throws one line that names the option or the file.
 */
export function sweepBasis(spec: string, sizes: ImageSizes, seed: number): SweepBasis {
  const [kind, rest] = splitSpec(spec);
  if (kind === 'fourier') return fourier(wholeNumber(spec, rest), sizes);
  if (kind === 'dct') return cosines(wholeNumber(spec, rest), sizes);
  if (kind === 'random') return random(wholeNumber(spec, rest), sizes, seed);
  if (kind === 'nads') return fromFile(rest, sizes);
  throw new Error(`--basis: '${spec}' is none of ${help}`);
}

function wholeNumber(spec: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--basis: '${spec}' has no whole number from 1 on behind the colon`);
  return value;
}

function fourier(size: number, sizes: ImageSizes): SweepBasis {
  gridFrequencies([0, 0], size, [sizes.height, sizes.width]);
  return onGrid(size, ([x, y]) => {
    const [f, g] = gridFrequencies([x, y], size, [sizes.height, sizes.width]);
    return inAllChannels(fourierDirection(f, g, sizes.height, sizes.width), sizes);
  });
}

function cosines(side: number, sizes: ImageSizes): SweepBasis {
  const { height, width } = sizes;
  if (side > Math.min(height, width))
    throw new Error(`--basis: dct:${side} has more frequencies than images of ${height}×${width}`);
  const [rows, columns] = [cosineBasis(height), cosineBasis(width)];
  return onGrid(side, ([x, y]) => {
    const wave = Float64Array.from(
      { length: height * width },
      (_, i) => row(rows, x)[Math.floor(i / width)] * row(columns, y)[i % width],
    );
    return inAllChannels(wave, sizes);
  });
}

/** Places of a grid are counted as in the published tables, x first. */
export const placeOf = (index: number, side: number): readonly [x: number, y: number] => [
  index % side,
  Math.floor(index / side),
];

function onGrid(
  side: number,
  vector: (place: readonly [number, number]) => Float64Array,
): SweepBasis {
  return {
    count: side * side,
    side,
    direction: index => {
      const place = placeOf(index, side);
      return { index, place, vector: vector(place) };
    },
  };
}

function random(count: number, sizes: ImageSizes, seed: number): SweepBasis {
  const pixels = pixelsOf(sizes);
  if (count > pixels)
    throw new Error(`--basis: random:${count} has more directions than images have numbers`);
  return ofRows(randomOrthonormal(count, pixels, new Random(seed).fork('basis')));
}

function fromFile(file: string, sizes: ImageSizes): SweepBasis {
  const { rows, eigenvalues } = readResult(file);
  const pixels = pixelsOf(sizes);
  if (rows.columns !== pixels)
    throw new Error(
      `${file}: directions of ${rows.columns} numbers, images of ${sizes.channels}×${sizes.height}×${sizes.width} have ${pixels}; give --channels and --size`,
    );
  return { ...ofRows(rows, file), eigenvalues };
}

/** Farther from 1 than float32 leaves a norm. */
const notable = 1e-3;

function ofRows(rows: Matrix, file = 'the basis'): SweepBasis {
  const norms = Array.from({ length: rows.rows }, (_, i) => Math.hypot(...row(rows, i)));
  const odd = norms.findIndex(norm => Math.abs(norm - 1) > notable);
  return {
    count: rows.rows,
    note:
      odd < 0
        ? undefined
        : `${file}: row ${odd} has norm ${norms[odd].toPrecision(4)}; directions are divided by their norm`,
    direction: index => {
      const norm = norms[index];
      if (!(norm > 0 && Number.isFinite(norm)))
        throw new Error(`${file}: row ${index} has norm ${norm}; a direction cannot be zero`);
      return { index, vector: Float64Array.from(row(rows, index), x => x / norm) };
    },
  };
}

const pixelsOf = ({ channels, height, width }: ImageSizes): number => channels * height * width;

function inAllChannels(vector: Float64Array, { channels }: ImageSizes): Float64Array {
  const whole = new Float64Array(channels * vector.length);
  for (let c = 0; c < channels; c++)
    whole.set(
      vector.map(x => x / Math.sqrt(channels)),
      c * vector.length,
    );
  return whole;
}
