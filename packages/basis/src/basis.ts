import { matrix, row, type Matrix } from '@nads/linalg';
import { pixelsOf, type ImageShape } from './image-shape.js';
import type { Places } from './places.js';
import type { Relabellings } from './relabelling.js';

/** Receives one entry of a direction. */
export type Visit = (pixel: number, value: number) => void;

/** Orthonormal directions of images, in an order that is part of the definition (docs/bases.md). */
export interface Basis {
  /** What `parseBasis` reads, as in `dct:16` or `nads:out/lenet`. */
  readonly name: string;
  /** Number of directions. */
  readonly size: number;
  /** What each is a direction of: whole images [C, H, W], or one channel [1, H, W]. */
  readonly shape: ImageShape;
  /** Visits the entries of direction j that are not zero, as pixels of `shape`. */
  readonly visit: (j: number, visit: Visit) => void;
  /** How relabellings of pixels act on the directions; undefined where they leave the span. */
  readonly relabellings?: Relabellings;
  /** Directions that have a place x:y besides a number. */
  readonly places?: Places;
  /** How much each direction is preferred, where a file says so. */
  readonly eigenvalues?: ArrayLike<number>;
  /** What was done to rows of a file, if anything, in words. */
  readonly note?: string;
}

/** Direction j: [C·H·W] of the basis's shape. @throws if there is no direction of that number */
export function direction(basis: Basis, j: number): Float64Array {
  const vector = new Float64Array(pixelsOf(basis.shape));
  fill(basis, j, vector);
  return vector;
}

/** Directions from `first` up to `end` as rows. @throws where they are not in the basis */
export function directionRows(basis: Basis, first = 0, end = basis.size): Matrix {
  const rows = matrix(end - first, pixelsOf(basis.shape));
  for (let j = first; j < end; j++) fill(basis, j, row(rows, j - first));
  return rows;
}

function fill(basis: Basis, j: number, out: Float64Array): void {
  if (!Number.isInteger(j) || j < 0 || j >= basis.size)
    throw new Error(`${basis.name} has directions 0 to ${basis.size - 1}, not ${j}`);
  basis.visit(j, (pixel, value) => (out[pixel] = value));
}
