import { fixSign } from './fix-sign.js';
import { KrylovBasis, type RitzPairs, type SymmetricOperator } from './krylov-basis.js';
import { matrix, row, transpose, type Matrix } from './matrix.js';
import { plainProduct, type MatrixProduct } from './matrix-product.js';
import type { Random } from './random.js';
import type { Eigen } from './symmetric-eigen.js';
import { addMultiple, norm } from './vector.js';

/** Vectors multiplied at once: fewer make slow products, more make the basis grow before it has learnt enough. */
const block = 16;
/** Size of the basis, in multiples of k, and the least one. */
const capacityPerVector = 3;
const leastCapacity = 256;
/** Share of the rest of the basis that is kept at a restart besides the k vectors wanted. */
const keptShare = 3 / 8;
/** Steps from random vectors that look for eigenvectors the basis has missed. */
const searchSteps = 8;

/** Settings of `leadingEigen`. */
export interface LeadingEigenOptions {
  /** Where the first vectors come from; its seed decides, not what has been drawn from it. */
  random: Random;
  /** How products are worked out, by this package unless given; the same bits give the same result. */
  multiply?: MatrixProduct;
  /** Largest ‖A u − λ u‖ / λ₁ that counts as converged, 1e-8 unless given. */
  tolerance?: number;
  /** Most products of A with a block of 16 vectors, 1000 unless given. */
  maxIterations?: number;
}

/** Leading eigenpairs and how certain they are. */
export interface LeadingEigen extends Eigen {
  /** Products of A with a block of vectors. */
  readonly iterations: number;
  /** Largest ‖A u − λ u‖ / λ₁, worked out from the vectors returned. */
  readonly residual: number;
  /** Whether the residual is within the tolerance and a search for missed eigenvectors found none. */
  readonly converged: boolean;
}

/**
 * The k largest eigenvalues and their orthonormal eigenvectors, as rows, of a symmetric positive semi-definite
 * matrix: block Lanczos with full orthogonalisation and thick restart (Wu & Simon 2000).
 * Eigenvectors of equal eigenvalues that one Krylov space cannot hold are found by restarting
 * from random vectors after convergence. The entry of largest magnitude of each vector is positive.
 * @param a n×n, or an operator that multiplies n×b matrices by it.
 * @throws if a is not square or not finite, or k is not an integer from 1 to n.
 */
export async function leadingEigen(
  a: Matrix | SymmetricOperator,
  k: number,
  options: LeadingEigenOptions,
): Promise<LeadingEigen> {
  const product = options.multiply ?? plainProduct;
  const operator = 'data' in a ? asOperator(a, product) : a;
  const goal = goalOf(operator.size, k, options);
  const random = options.random.fork('krylov');
  const basis = new KrylovBasis(operator, goal.capacity, product, random);
  await basis.startAfresh(block);
  const { values, isSettled } = await settle(basis, goal);
  const vectors = matrix(k, operator.size, basis.first(k).data.slice());
  for (let i = 0; i < k; i++) fixSign(row(vectors, i));
  const residual = await relativeResidual(operator, values, vectors);
  const converged = isSettled && residual <= goal.tolerance;
  return { values, vectors, iterations: basis.steps, residual, converged };
}

function asOperator(a: Matrix, product: MatrixProduct): SymmetricOperator {
  if (a.rows !== a.columns)
    throw new Error(`linalg: eigenvectors need a square matrix, not ${a.rows}×${a.columns}`);
  return { size: a.rows, apply: x => product(a, x) };
}

interface Goal {
  readonly k: number;
  readonly tolerance: number;
  readonly mostSteps: number;
  /** Most rows of the basis. */
  readonly capacity: number;
}

function goalOf(size: number, k: number, options: LeadingEigenOptions): Goal {
  if (!Number.isInteger(k) || k < 1 || k > size)
    throw new Error(`linalg: no ${k} leading eigenvectors of a ${size}×${size} matrix`);
  const { tolerance = 1e-8, maxIterations = 1000 } = options;
  const mostSteps = Math.max(maxIterations, Math.ceil(k / block));
  const capacity = Math.min(size, Math.max(capacityPerVector * k, leastCapacity));
  return { k, tolerance, mostSteps, capacity };
}

interface Settled {
  readonly values: Float64Array;
  /** Whether nothing suggests that better ones are still to be found. */
  readonly isSettled: boolean;
}

/** Converges until a search finds nothing more; the first k rows of the basis are then the vectors. */
async function settle(basis: KrylovBasis, goal: Goal): Promise<Settled> {
  for (;;) {
    const values = await converge(basis, goal);
    if (basis.wasComplete) return { values, isSettled: true };
    if (basis.steps >= goal.mostSteps) return { values, isSettled: false };
    if (!(await findsMore(basis, values, goal)))
      return { values, isSettled: basis.steps < goal.mostSteps };
  }
}

/** Grows and restarts the basis until k vectors have converged, which then are its first rows. */
async function converge(basis: KrylovBasis, goal: Goal): Promise<Float64Array> {
  const { k, capacity, mostSteps } = goal;
  const kept = k + Math.floor(keptShare * (capacity - k));
  for (;;) {
    await basis.grow(capacity, mostSteps);
    const pairs = basis.ritzPairs(kept);
    const isLast = basis.wasComplete || basis.steps >= mostSteps || isConverged(pairs, goal);
    await basis.restart(pairs, isLast ? k : kept);
    if (isLast) return pairs.values.slice(0, k);
  }
}

/** Half of the tolerance is left for what the estimate of the residuals neglects. */
const isConverged = ({ values, residuals }: RitzPairs, { k, tolerance }: Goal) =>
  residuals.subarray(0, k).every(residual => residual <= 0.5 * tolerance * values[0]);

/** Whether a Krylov space of random vectors outside the leading ones holds anything larger than they do. */
async function findsMore(basis: KrylovBasis, values: Float64Array, goal: Goal): Promise<boolean> {
  const { k, capacity, tolerance, mostSteps } = goal;
  await basis.startAfresh(block);
  await basis.grow(Math.min(capacity, k + searchSteps * block), mostSteps);
  const found = basis.ritzPairs(k).values;
  return found.some((value, i) => value - values[i] > tolerance * found[0]);
}

/** Largest ‖A u − λ u‖ / λ₁. */
async function relativeResidual(
  operator: SymmetricOperator,
  values: Float64Array,
  vectors: Matrix,
): Promise<number> {
  const images = transpose(await operator.apply(transpose(vectors)));
  const norms = values.map((value, i) => {
    addMultiple(row(images, i), -value, row(vectors, i));
    return norm(row(images, i));
  });
  return norms.reduce((m, x) => Math.max(m, x), 0) / (values[0] || 1);
}
