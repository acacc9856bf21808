import { cosineBasis, fourierBasis, orthonormalise, row, type Matrix } from '@nads/linalg';
import { pixelsOf, type ImageShape } from './image-shape.js';
import { cosineRelabelling, pixelRelabelling, type Relabellings } from './signed-permutation.js';

/** Receives one entry of a vector. */
export type Visit = (pixel: number, value: number) => void;

/** Orthonormal directions to probe along, in one channel or in all. */
export interface Basis {
  /** What `parseBasis` reads, as in `pixels`, `dct:16`, `fourier:16`, `blocks:4`, `file`. */
  readonly name: string;
  /** Number of directions. */
  readonly size: number;
  readonly shape: ImageShape;
  /** Visits the entries of direction j that are not zero, as pixels of [C, H, W]. */
  readonly direction: (j: number, visit: Visit) => void;
  /** How relabellings of pixels act on the directions; undefined where they leave the span. */
  readonly relabellings: Relabellings | undefined;
}

/** A basis of images of one channel, before it is repeated for every channel. */
type PlaneBasis = (
  height: number,
  width: number,
) => {
  readonly size: number;
  readonly visit: (j: number, visit: Visit) => void;
  readonly relabellings: Relabellings | undefined;
};

/**
 * A basis by its name: `pixels`; `dct:K` or `fourier:K`, the first K×K cosine or Fourier directions;
 * `blocks:K`, squares of K×K pixels.
 * @param channels the number of channels, from the first on, that get their directions.
 * @throws for a name that is none of these, or sizes that do not fit the image.
 */
export function parseBasis(name: string, shape: ImageShape, channels = shape.channels): Basis {
  const [kind, argument, ...more] = name.split(':');
  const plane = Object.hasOwn(planes, kind) ? planes[kind] : undefined;
  const k = argument === undefined ? undefined : Number(argument);
  if (
    !plane ||
    more.length > 0 ||
    (kind === 'pixels') !== (k === undefined) ||
    (k !== undefined && !(Number.isInteger(k) && k > 0))
  )
    throw new Error(
      `--basis: '${name}' is none of pixels, dct:K, fourier:K, blocks:K, or a .npy file`,
    );
  return perChannel(name, shape, channels, plane(k ?? 1));
}

/**
 * A basis from rows [n, C·H·W], made orthonormal.
 * @throws where rows have another length or depend on each other.
 */
export function rowsBasis(rows: Matrix, shape: ImageShape): Basis {
  if (rows.columns !== pixelsOf(shape))
    throw new Error(
      `--basis: rows of ${rows.columns} numbers for images of ${shape.channels}×${shape.height}×${shape.width}`,
    );
  const orthonormal = orthonormalise(rows);
  return {
    name: 'file',
    size: rows.rows,
    shape,
    direction: (j, visit) => row(orthonormal, j).forEach((value, pixel) => visit(pixel, value)),
    relabellings: undefined,
  };
}

function perChannel(name: string, shape: ImageShape, channels: number, plane: PlaneBasis): Basis {
  const { height, width } = shape;
  const one = plane(height, width);
  return {
    name,
    size: one.size * channels,
    shape,
    direction(j, visit) {
      const offset = Math.floor(j / one.size) * height * width;
      one.visit(j % one.size, (pixel, value) => visit(offset + pixel, value));
    },
    relabellings: one.relabellings && repeat(one.relabellings, one.size, channels),
  };
}

/** The same relabelling in every channel. */
function repeat(plane: Relabellings, size: number, channels: number): Relabellings {
  const all = (per: Relabellings['flipRows']): Relabellings['flipRows'] =>
    per && {
      index: Uint32Array.from(
        { length: size * channels },
        (_, j) => per.index[j % size] + Math.floor(j / size) * size,
      ),
      sign: Int8Array.from({ length: size * channels }, (_, j) => per.sign[j % size]),
    };
  return {
    flipRows: all(plane.flipRows),
    flipColumns: all(plane.flipColumns),
    transposition: all(plane.transposition),
  };
}

const planes: Readonly<Record<string, (k: number) => PlaneBasis>> = {
  pixels: () => (height, width) => ({
    size: height * width,
    visit: (j, visit) => visit(j, 1),
    relabellings: pixelRelabelling(height, width),
  }),
  blocks: k => (height, width) => {
    if (height % k !== 0 || width % k !== 0)
      throw new Error(
        `--basis: blocks of ${k}×${k} do not tile images of ${height}×${width}; give a divisor`,
      );
    const columns = width / k;
    return {
      size: (height / k) * columns,
      visit: (j, visit) => visitBlock(visit, width, k, Math.floor(j / columns), j % columns),
      relabellings: pixelRelabelling(height / k, columns),
    };
  },
  dct: k => separable(k, cosineBasis),
  fourier: k => separable(k, fourierBasis),
};

function visitBlock(
  visit: Visit,
  width: number,
  k: number,
  blockRow: number,
  blockColumn: number,
): void {
  for (let y = 0; y < k; y++)
    for (let x = 0; x < k; x++) visit((blockRow * k + y) * width + blockColumn * k + x, 1 / k);
}

/** Products of the first k functions of a one-dimensional basis whose members are even or odd. */
function separable(k: number, basis: (n: number) => Matrix): PlaneBasis {
  return (height, width) => {
    if (k > height || k > width)
      throw new Error(
        `--basis: no ${k}×${k} directions in images of ${height}×${width}; give a smaller number`,
      );
    const [vertical, horizontal] = [basis(height), basis(width)];
    return {
      size: k * k,
      visit: (j, visit) =>
        visitProduct(visit, row(vertical, Math.floor(j / k)), row(horizontal, j % k)),
      relabellings: cosineRelabelling(
        k,
        parities(vertical),
        parities(horizontal),
        height === width,
      ),
    };
  };
}

function visitProduct(visit: Visit, vertical: Float64Array, horizontal: Float64Array): void {
  const width = horizontal.length;
  vertical.forEach((a, y) => horizontal.forEach((b, x) => visit(y * width + x, a * b)));
}

/** +1 for rows that are even under reversal, −1 for odd ones. */
function parities(basis: Matrix): number[] {
  return Array.from({ length: basis.rows }, (_, i) => {
    const values = row(basis, i);
    const reversed = values.toReversed();
    const product = values.reduce((sum, x, j) => sum + x * reversed[j], 0);
    return Math.sign(product);
  });
}
