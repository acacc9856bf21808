import {
  cosineBasis,
  fromRows,
  matrix,
  randomOrthonormal,
  Random,
  row,
  type Matrix,
} from '@nads/linalg';
import type { GatheredMember, NadsResult, Architecture } from '../src/index.js';

/** Side of the images that synthetic members are of, and the dimension of their directions. */
export const side = 8;
export const dimension = side * side;

/** Directions as rows, most preferred first: products of cosines from the lowest frequency on. */
export function cosines(): Matrix {
  const waves = cosineBasis(side);
  const places = Array.from({ length: dimension }, (_, at) => [Math.floor(at / side), at % side]);
  const ordered = places.toSorted(([a, b], [c, d]) => a + b - c - d);
  const products = ordered.map(([down, across]) =>
    Array.from(row(waves, down)).flatMap(x => Array.from(row(waves, across), y => x * y)),
  );
  return fromRows(products);
}

/** Rows i and j of an orthonormal basis turned towards each other. */
export function turned(rows: Matrix, i: number, j: number, angle: number): Matrix {
  const data = rows.data.slice();
  const at = (row: number, k: number): number => row * rows.columns + k;
  for (let k = 0; k < rows.columns; k++) {
    const [a, b] = [rows.data[at(i, k)], rows.data[at(j, k)]];
    data[at(i, k)] = Math.cos(angle) * a + Math.sin(angle) * b;
    data[at(j, k)] = Math.cos(angle) * b - Math.sin(angle) * a;
  }
  return matrix(rows.rows, rows.columns, data);
}

/** Unrelated directions of every seed, as noise alone makes them. */
export const noise = (seed: string): Matrix =>
  randomOrthonormal(dimension, dimension, new Random(seed));

/** 1, .8, .64, … */
export const steep = (): Float64Array =>
  Float64Array.from({ length: dimension }, (_, i) => 0.8 ** i);

/** What a synthetic estimate has. */
export interface Synthetic {
  readonly name?: string;
  readonly rows?: Matrix;
  readonly eigenvalues?: Float64Array;
  readonly seed?: number;
  readonly networks?: number;
  readonly step?: number;
  /** Overlap of halves and that predicted with the truth, of any subspace. */
  readonly stability?: number;
  readonly sha256?: string;
}

/** An estimate as it is read. */
export function syntheticResult({
  name = 'out/some',
  rows = cosines(),
  eigenvalues = steep(),
  seed = 1,
  networks = 8,
  step = 100,
  stability = 1,
  sha256 = 'ab',
}: Synthetic = {}): NadsResult {
  const overlaps = Object.fromEntries([2, 4, 10, 30].map(k => [k, stability]));
  return {
    name,
    rows,
    eigenvalues,
    standardErrors: eigenvalues.map(x => x / 100),
    summary: {
      model: { file: 'm.onnx', sha256, producer: 'p', producer_version: '1', opset: 17 },
      networks,
      settings: {
        probe: 'secant',
        seed,
        step,
        init: 'pytorch',
        head: 'marginalised',
        symmetry: 'auto',
        basis: 'pixels',
        points: 1,
      },
      image: { channels: 1, height: side, width: side, layout: 'NCHW' },
      symmetry: {
        derived: [
          { relabelling: 'transposition', holds: true, reason: 'square' },
          { relabelling: 'flip rows', holds: false, reason: "'pool' is lopsided" },
        ],
      },
      directions: { saved: rows.rows, dimension, probed: dimension },
      stability: { half_split_overlap: overlaps, predicted_overlap: overlaps },
      noise_floor: { upper: 1, lower: 0, index: 5 },
      runtime: 'onnxruntime 1',
    },
  };
}

/** A member of the list. */
export const architecture = (name: string, more: Partial<Architecture> = {}): Architecture => ({
  name,
  group: 'ladder',
  family: 'ladder',
  title: name.toUpperCase(),
  model: `${name}.onnx`,
  networks: 8,
  image: '1x8x8',
  ...more,
});

/** A member with the directions of each of its two estimates. */
export const member = (
  name: string,
  rows: readonly [Matrix, Matrix],
  more: Partial<Architecture> = {},
  eigenvalues: readonly [Float64Array, Float64Array] = [steep(), steep()],
): GatheredMember => ({
  architecture: architecture(name, more),
  read: () => [
    syntheticResult({ name: `out/${name}-1`, rows: rows[0], eigenvalues: eigenvalues[0], seed: 1 }),
    syntheticResult({ name: `out/${name}-2`, rows: rows[1], eigenvalues: eigenvalues[1], seed: 2 }),
  ],
});
