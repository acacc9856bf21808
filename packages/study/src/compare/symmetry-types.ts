import type { ImageShape } from '@nads/basis';
import type { Matrix } from '@nads/linalg';

/** A direction is even or odd where flipping it gives it or its negative but for the rounding of float32. */
const exact = 1 - 1e-4;

/**
 * Of each direction, what flips of rows, flips of columns and, where both are the same, transposition make of it: '+' the same, '-' its
 * negative, '?' something else, as in '+-'. Noise that has the symmetries of an estimate turns no direction towards one of another type.
 * @param rows directions of unit length: [p × C·H·W]
 */
export const symmetryTypes = ({ rows, columns, data }: Matrix, image: ImageShape): string[] =>
  Array.from({ length: rows }, (_, i) =>
    typeOf(data.subarray(i * columns, (i + 1) * columns), image),
  );

type Values = Float64Array;

/** Where a pixel goes. */
type Move = (row: number, column: number) => readonly [row: number, column: number];

function typeOf(direction: Values, image: ImageShape): string {
  const { height, width } = image;
  const sign = (move: Move): string => signOf(parity(direction, image, move));
  const flips =
    sign((row, column) => [height - 1 - row, column]) +
    sign((row, column) => [row, width - 1 - column]);
  const isBoth = flips[0] === flips[1] && flips[0] !== '?' && height === width;
  return isBoth ? flips + sign((row, column) => [column, row]) : flips;
}

const signOf = (parity: number): string => (parity > exact ? '+' : parity < -exact ? '-' : '?');

/** Inner product of a direction with what a move makes of it. */
function parity(direction: Values, { height, width }: ImageShape, move: Move): number {
  const area = height * width;
  let sum = 0;
  for (let at = 0; at < direction.length; at++) {
    const pixel = at % area;
    const [row, column] = move(Math.floor(pixel / width), pixel % width);
    sum += direction[at] * direction[at - pixel + row * width + column];
  }
  return sum;
}
