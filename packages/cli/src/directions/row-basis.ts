import {
  fromRows,
  matrix,
  orthonormalise,
  planeWaves,
  Random,
  randomOrthonormal,
  type Matrix,
} from '@nads/linalg';
import { readResult } from './result.js';
import { splitSpec } from './split-spec.js';

/** Orthonormal directions of images, in an order. */
export interface RowBasis {
  readonly count: number;
  /** Numbers of a direction: those of one channel, or of a whole image. */
  readonly columns: number;
  /** Directions from `first` up to `end` as rows. */
  readonly rows: (first: number, end: number) => Matrix;
  readonly direction: (index: number) => Float64Array;
}

/** Sizes of the images. */
interface Sizes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const help =
  'nads:FILE (a result folder, its nads.npz, or .npy rows), dct or fourier (lowest frequency first), or random:COUNT';

/**
 * The basis that a specification names; directions of one channel wherever there are such.
 * @throws one line that names the option or the file.
 */
export function rowBasis(spec: string, sizes: Sizes, seed = 0): RowBasis {
  const [kind, rest] = splitSpec(spec);
  if (spec === 'dct' || spec === 'fourier') return waves(spec, sizes);
  if (kind === 'nads' && rest !== '') return ofFile(rest, sizes);
  if (kind === 'random') return drawn(spec, Number(rest), sizes, seed);
  throw new Error(`--basis: '${spec}' is none of ${help}`);
}

function waves(kind: 'dct' | 'fourier', { height, width }: Sizes): RowBasis {
  const { count, wave } = planeWaves(kind === 'dct' ? 'cosine' : 'fourier', height, width);
  return {
    count,
    columns: height * width,
    rows: (first, end) => fromRows(Array.from({ length: end - first }, (_, i) => wave(first + i))),
    direction: wave,
  };
}

function ofFile(file: string, { channels, height, width }: Sizes): RowBasis {
  const result = readResult(file);
  const found = result.channelRows ?? result.rows;
  const [area, pixels] = [height * width, channels * height * width];
  if (found.columns !== area && found.columns !== pixels)
    throw new Error(
      `${file}: directions of ${found.columns} numbers, images of ${channels}×${height}×${width} have ${pixels}${channels > 1 ? `, or ${area} a channel` : ''}`,
    );
  return ofRows(orthonormalised(found, file));
}

/** Files hold single precision; what is done with coefficients should be exact. */
function orthonormalised(rows: Matrix, file: string): Matrix {
  try {
    return orthonormalise(rows);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}; a basis has independent rows`, {
      cause: error,
    });
  }
}

function drawn(spec: string, count: number, { height, width }: Sizes, seed: number): RowBasis {
  if (!Number.isSafeInteger(count) || count < 1 || count > height * width)
    throw new Error(
      `--basis: '${spec}' names no number of directions from 1 to ${height * width}, as in random:64`,
    );
  return ofRows(randomOrthonormal(count, height * width, new Random(seed).fork('basis')));
}

function ofRows(all: Matrix): RowBasis {
  const part = (first: number, end: number): Matrix =>
    matrix(end - first, all.columns, all.data.subarray(first * all.columns, end * all.columns));
  return {
    count: all.rows,
    columns: all.columns,
    rows: part,
    direction: index => part(index, index + 1).data,
  };
}
