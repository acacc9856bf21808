import { direction, type Basis } from '@nads/basis';
import { Random } from '@nads/linalg';
import { allocateWeights, drawWeights, parseInit, type Draw } from '@nads/onnx';
import { relativeError } from '@nads/testing';
import type { BlockSums } from '../src/estimator/accumulate/block-sums.js';
import type { SymmetryBlock } from '../src/estimator/accumulate/symmetry-blocks.js';
import type { HeadTreatment } from '../src/estimator/plan/head-treatment.js';
import type { Plan } from '../src/estimator/plan/plan.js';

// What the estimator should give, written out in double precision and without its shortcuts.

export type Vector = readonly number[];
export type Rows = readonly Vector[];

/** From an image [C·H·W] to features or outputs. */
export type Network = (image: Vector) => Vector;

/** The weights of a network of a plan by the names in its file. @param labels of the stream, behind the network's number */
export function weightsOf(
  draws: readonly Draw[],
  { init, seed }: Plan,
  index: number,
  ...labels: (string | number)[]
): ReadonlyMap<string, Vector> {
  let random = new Random(seed).fork('network').fork(index);
  for (const label of labels) random = random.fork(label);
  const weights = allocateWeights(draws);
  drawWeights(draws, parseInit(init), random, weights);
  return new Map([...weights].map(([name, values]) => [name.replace('fresh/', ''), [...values]]));
}

/** w x + b for a linear layer; of gradients, which need no b, w x. */
export function affine(weights: ReadonlyMap<string, Vector>, name: string, x: Vector): Vector {
  const w = weights.get(name)!;
  const b = weights.get(`${name}-bias`);
  return Array.from(
    { length: w.length / x.length },
    (_, k) => dot(w.slice(k * x.length, (k + 1) * x.length), x) + (b?.[k] ?? 0),
  );
}

/** The directions of a basis as rows. */
export const rowsOf = (basis: Basis): Rows =>
  Array.from({ length: basis.size }, (_, j) => [...direction(basis, j)]);

/** (f(x₀ + h·d) − f(x₀ − h·d)) / 2h for each direction d: [directions][features]. */
export const secantsOf = (f: Network, directions: Rows, point: Vector, h: number): Rows =>
  directions.map(d => {
    const plus = f(point.map((x, i) => x + h * d[i]));
    const minus = f(point.map((x, i) => x - h * d[i]));
    return plus.map((y, k) => (y - minus[k]) / (2 * h));
  });

/** E[g gᵀ] over the last layer. */
export function headCovariance(phi: Rows, head: HeadTreatment): Rows {
  if (head.kind === 'sampled') return outer(phi, (a, b) => a[0] * b[0]);
  if (head.kind === 'outputs') return outer(phi, (a, b) => dot(a, b) / a.length);
  const { mean, variance } = head;
  return outer(phi, (a, b) => variance * dot(a, b) + mean ** 2 * sum(a) * sum(b));
}

/** The mean of matrices. */
export const meanOf = (all: readonly Rows[]): Rows =>
  all[0].map((row, i) => row.map((_, j) => sum(all.map(matrix => matrix[i][j])) / all.length));

/** A B Aᵀ. */
export const conjugated = (a: Rows, b: Rows): Rows => {
  const ab = a.map(row => b[0].map((_, j) => sum(row.map((x, k) => x * b[k][j]))));
  return ab.map(row => a.map(other => dot(row, other)));
};

/** Sums of symmetry types in the coordinates of all n directions. */
export function lifted(sums: BlockSums, blocks: readonly SymmetryBlock[], n: number): Rows {
  const c = Array.from({ length: n }, () => Array.from({ length: n }, () => 0));
  for (const [b, { parts, size }] of blocks.entries())
    for (const part of parts)
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) {
          const value = sums[b].data[Math.max(i, j) * size + Math.min(i, j)];
          for (let k = part.start[i]; k < part.start[i + 1]; k++)
            for (let l = part.start[j]; l < part.start[j + 1]; l++)
              c[part.index[k]][part.index[l]] += value * part.weight[k] * part.weight[l];
        }
  return c;
}

/** Asserts that two matrices agree up to what single precision loses. */
export function expectMatrix(actual: Rows, expected: Rows, tolerance = 1e-4): void {
  expect([actual.length, actual[0].length]).toEqual([expected.length, expected[0].length]);
  expect(relativeError(actual.flat(), expected.flat())).toBeLessThan(tolerance);
}

const sum = (values: Vector): number => values.reduce((a, b) => a + b, 0);
const dot = (a: Vector, b: Vector): number => a.reduce((total, x, i) => total + x * b[i], 0);
const outer = (phi: Rows, entry: (a: Vector, b: Vector) => number): Rows =>
  phi.map(a => phi.map(b => entry(a, b)));
