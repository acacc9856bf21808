import { matrix, row, transpose, type Matrix } from './matrix.js';
import type { MatrixProduct } from './matrix-product.js';
import { multiplyTransposed } from './multiply.js';
import { orthonormaliseInPlace } from './orthonormalise.js';
import type { Random } from './random.js';
import { symmetricEigen } from './symmetric-eigen.js';
import { norm } from './vector.js';

/** A symmetric size×size matrix, known by its products with size×b matrices. */
export interface SymmetricOperator {
  readonly size: number;
  apply(x: Matrix): Promise<Matrix>;
}

/** The best approximations of leading eigenvectors within a basis. */
export interface RitzPairs {
  /** Largest first. */
  readonly values: Float64Array;
  /** Vector i is the combination of the basis with the coefficients in row i. */
  readonly coefficients: Matrix;
  /** ‖A u − λ u‖. */
  readonly residuals: Float64Array;
}

/** Share of the norm of A below which what a product adds to the basis is rounding. */
const roundingLevel = 1e-13;

/**
 * Orthonormal rows that grow by block Lanczos steps with full orthogonalisation (Golub & Underwood 1977);
 * Ritz vectors may take their place, and the steps go on from there (thick restart: Wu & Simon 2000).
 */
export class KrylovBasis {
  /** Products of A with a block so far. */
  steps = 0;
  /** Whether the basis has spanned the whole space, so that its Ritz pairs were eigenpairs. */
  wasComplete = false;
  private readonly operator: SymmetricOperator;
  private readonly product: MatrixProduct;
  private readonly random: Random;
  private readonly capacity: number;
  private readonly data: Float64Array;
  private count = 0;
  /** A in the basis, capacity×capacity, of which the lower triangle of the first `count` rows is known. */
  private readonly projection: Float64Array;
  /** Orthonormal rows, orthogonal to the basis, that are added next. */
  private next: Matrix;
  /** Inner products of what the last block's images have outside the basis. */
  private remainder = matrix(0, 0);
  /** Largest ‖A x‖ seen of a unit vector x. */
  private norm = 0;

  constructor(
    operator: SymmetricOperator,
    capacity: number,
    product: MatrixProduct,
    random: Random,
  ) {
    this.operator = operator;
    this.product = product;
    this.random = random;
    this.capacity = capacity;
    this.data = new Float64Array(capacity * operator.size);
    this.projection = new Float64Array(capacity * capacity);
    this.next = matrix(0, operator.size);
  }

  /** The first k rows. */
  first(k: number): Matrix {
    const { size } = this.operator;
    return matrix(k, size, this.data.subarray(0, k * size));
  }

  /** Makes the next block a random one. */
  async startAfresh(block: number): Promise<void> {
    const { size } = this.operator;
    const width = Math.min(block, size - this.count);
    this.next = await this.orthonormalRest(matrix(width, size));
  }

  /** Takes steps until another block would exceed `count` rows, or `mostSteps` have been taken in all. */
  async grow(count: number, mostSteps: number): Promise<void> {
    while (this.next.rows > 0 && this.count + this.next.rows <= count && this.steps < mostSteps)
      await this.step();
  }

  /** Approximations of the k leading eigenvectors; at least one step must follow a restart. */
  ritzPairs(k: number): RitzPairs {
    const { count } = this;
    const small = matrix(count, count);
    for (let i = 0; i < count; i++)
      row(small, i).set(this.projection.subarray(i * this.capacity, i * this.capacity + i + 1));
    const { values, vectors } = symmetricEigen(small, { count: Math.min(k, count) });
    const residuals = values.map((_, i) => this.residual(row(vectors, i)));
    return { values, coefficients: vectors, residuals };
  }

  /** Puts the first k Ritz vectors in the place of the basis. */
  async restart({ values, coefficients }: RitzPairs, k: number): Promise<void> {
    const leading = matrix(k, this.count, coefficients.data.subarray(0, k * this.count));
    const vectors = await this.product(leading, this.first(this.count));
    this.data.set(vectors.data);
    this.projection.fill(0);
    for (let i = 0; i < k; i++) this.projection[i * this.capacity + i] = values[i];
    this.count = k;
  }

  private async step(): Promise<void> {
    const block = this.next;
    this.data.set(block.data, this.count * block.columns);
    this.count += block.rows;
    this.wasComplete ||= this.count === block.columns;
    const images = transpose(await this.operator.apply(transpose(block)));
    this.steps++;
    for (let i = 0; i < images.rows; i++) this.norm = Math.max(this.norm, norm(row(images, i)));
    if (!Number.isFinite(this.norm))
      throw new Error('linalg: a product with the matrix contains non-finite numbers');
    this.setProjection(await this.removeComponents(images), block.rows);
    this.remainder = multiplyTransposed(images, images);
    const width = Math.min(block.rows, block.columns - this.count);
    this.next = await this.orthonormalRest(
      matrix(width, images.columns, images.data.subarray(0, width * images.columns)),
    );
  }

  /** Removes from rows their components along the basis. @returns the components, count×rows. */
  private async removeComponents(rows: Matrix): Promise<Matrix> {
    if (this.count === 0 || rows.rows === 0) return matrix(this.count, rows.rows);
    const basis = this.first(this.count);
    const components = await this.product(basis, transpose(rows));
    const along = await this.product(transpose(components), basis);
    for (let i = 0; i < rows.data.length; i++) rows.data[i] -= along.data[i];
    return components;
  }

  /** Enters the components of the images of the last `width` rows. */
  private setProjection(components: Matrix, width: number): void {
    const start = this.count - width;
    for (let j = 0; j < width; j++)
      for (let i = 0; i <= start + j; i++)
        this.projection[(start + j) * this.capacity + i] = components.data[i * width + j];
  }

  /** Orthonormal rows outside the basis: those given, and random ones where these are only rounding errors. */
  private async orthonormalRest(rows: Matrix): Promise<Matrix> {
    const replace = (dependent: Float64Array) =>
      this.random.fillNormal(dependent, 0, 1 / Math.sqrt(dependent.length));
    for (let i = 0; i < rows.rows; i++)
      if (norm(row(rows, i)) <= roundingLevel * this.norm) row(rows, i).fill(0);
    orthonormaliseInPlace(rows, replace);
    await this.removeComponents(rows);
    orthonormaliseInPlace(rows, replace);
    return rows;
  }

  /** ‖A u − λ u‖ of a Ritz vector: only the last block's images leave the basis. */
  private residual(coefficients: Float64Array): number {
    const { rows, data } = this.remainder;
    const last = coefficients.subarray(coefficients.length - rows);
    const square = data.reduce(
      (sum, x, at) => sum + x * last[Math.floor(at / rows)] * last[at % rows],
      0,
    );
    return Math.sqrt(Math.max(0, square));
  }
}
