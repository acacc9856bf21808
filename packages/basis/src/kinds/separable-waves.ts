import { OptionError, row, type Matrix } from '@nads/linalg';
import type { Visit } from '../basis.js';
import type { Plane, PlaneDirections } from '../kind.js';
import { lowestFirst, type GridOrder } from '../lowest-first.js';
import { waveRelabelling } from '../relabelling.js';
import { wholeNumber } from './whole-number.js';

/** Directions that are put in order at most. */
const mostWaves = 2 ** 22;

/** Orthonormal waves along a line, each even or odd under reversal. */
export interface LineWaves {
  readonly name: string;
  /** n waves of n numbers as rows, lowest frequency first. */
  readonly waves: (n: number) => Matrix;
  /** Periods a pixel of wave k of n. */
  readonly frequency: (k: number, n: number) => number;
}

/** Products of waves along columns and rows, which of them have which number. */
export interface SeparableWaves extends PlaneDirections {
  readonly grid: GridOrder;
  /** Wave x down the rows times wave y along the columns: [H·W]. */
  readonly product: (x: number, y: number) => Float64Array;
}

/**
 * Products of waves along both axes: all, or the K×K lowest. Lowest frequency √(f² + g²) first; of equal ones the one that
 * varies less down the rows comes first.
 * @throws OptionError where there are not so many waves, or too many to be put in order
 */
export function separableWaves(
  argument: string | undefined,
  { height, width }: Plane,
  { name, waves, frequency }: LineWaves,
): SeparableWaves {
  const side = argument === undefined ? undefined : wholeNumber(argument, `${name}:16`);
  if (side !== undefined && side > Math.min(height, width))
    throw new OptionError(
      'basis',
      `${name}:${side} has more waves per side than images of ${height}×${width} have pixels; give a smaller number`,
    );
  const [rows, columns] = [side ?? height, side ?? width];
  if (rows * columns > mostWaves)
    throw new OptionError(
      'basis',
      `${name} has ${rows * columns} directions of images of ${height}×${width}, more than ${mostWaves}; give the lowest, as in ${name}:64`,
    );
  const down = waves(height);
  const along = height === width ? down : waves(width);
  const order = lowestFirst(
    Float64Array.from({ length: rows }, (_, k) => frequency(k, height)),
    Float64Array.from({ length: columns }, (_, k) => frequency(k, width)),
  );
  const visitPlace = (x: number, y: number, visit: Visit): void =>
    visitProduct(visit, row(down, x), row(along, y));
  return {
    size: rows * columns,
    grid: order,
    visit: (j, visit) => visitPlace(...order.placeOf(j), visit),
    relabellings: waveRelabelling(order, parities(down), parities(along), height === width),
    product(x, y) {
      const wave = new Float64Array(height * width);
      visitPlace(x, y, (pixel, value) => (wave[pixel] = value));
      return wave;
    },
  };
}

function visitProduct(visit: Visit, down: Float64Array, along: Float64Array): void {
  const width = along.length;
  down.forEach((a, y) => along.forEach((b, x) => visit(y * width + x, a * b)));
}

/** +1 for rows that are even under reversal, −1 for odd ones. */
function parities(waves: Matrix): number[] {
  return Array.from({ length: waves.rows }, (_, k) => {
    const values = row(waves, k);
    const reversed = values.toReversed();
    return Math.sign(values.reduce((sum, x, i) => sum + x * reversed[i], 0));
  });
}
