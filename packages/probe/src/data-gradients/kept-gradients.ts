import {
  addGram,
  matrix,
  mirrorLower,
  multiply as plainProduct,
  orthonormalise,
  row,
  transpose,
  type Matrix,
} from '@nads/linalg';
import { eigenOf, rankOf } from './eigen-of.js';
import type { GradientCovariance, Products, Spectrum } from './covariance.js';

/** Numbers of gradients that are turned into float64 at a time: 64 MB. */
const handy = 1 << 23;

/**
 * The covariance of fewer gradients than numbers in each. With X [n × D] the gradients, C = XᵀX/n has the
 * eigenvalues λ of XXᵀ/n and eigenvectors Xᵀv/√(nλ) (the Gram trick; Sirovich 1987).
 */
export class KeptGradients implements GradientCovariance {
  private readonly gradients: Float32Array[] = [];
  private readonly dimension: number;
  private readonly products: Products;

  constructor(dimension: number, products: Products = {}) {
    this.dimension = dimension;
    this.products = products;
  }

  get count(): number {
    return this.gradients.length;
  }

  add(gradient: Float32Array): void {
    this.gradients.push(gradient);
  }

  trace(): number {
    const squares = (g: Float32Array): number => {
      let sum = 0;
      for (const x of g) sum += x * x;
      return sum;
    };
    return this.gradients.reduce((sum, g) => sum + squares(g), 0) / this.count;
  }

  async spectrum(k: number): Promise<Spectrum> {
    const { values, vectors } = await eigenOf(await this.gram(), k, this.products.multiply);
    const rank = rankOf(values);
    const wanted = Math.min(k, rank);
    const first = matrix(wanted, this.count, vectors.data.slice(0, wanted * this.count));
    const combined = await this.combine(first);
    const eigenvectors = orthonormalise(combined);
    for (let i = 0; i < wanted; i++) fixSign(row(eigenvectors, i));
    return { eigenvalues: values.slice(0, rank), eigenvectors };
  }

  async along(rows: Matrix): Promise<Float64Array> {
    const sums = matrix(rows.rows, this.count);
    for (const [from, to] of this.ranges()) {
      const part = await this.times(columns(rows, from, to), transpose(this.columns(from, to)));
      for (let i = 0; i < sums.data.length; i++) sums.data[i] += part.data[i];
    }
    return Float64Array.from(
      { length: rows.rows },
      (_, i) => row(sums, i).reduce((sum, x) => sum + x * x, 0) / this.count,
    );
  }

  /** X Xᵀ/n. */
  private async gram(): Promise<Matrix> {
    const sum = matrix(this.count, this.count);
    for (const [from, to] of this.ranges()) {
      const part = this.columns(from, to);
      if (!this.products.gram) addGram(sum, part.data);
      else {
        const { data } = await this.products.gram(part);
        for (let i = 0; i < data.length; i++) sum.data[i] += data[i];
      }
    }
    mirrorLower(sum);
    for (let i = 0; i < sum.data.length; i++) sum.data[i] /= this.count;
    return sum;
  }

  /** V X, rows of D numbers. */
  private async combine(weights: Matrix): Promise<Matrix> {
    const result = matrix(weights.rows, this.dimension);
    for (const [from, to] of this.ranges()) {
      const part = await this.times(weights, this.columns(from, to));
      for (let i = 0; i < part.rows; i++) result.data.set(row(part, i), i * this.dimension + from);
    }
    return result;
  }

  private times(a: Matrix, b: Matrix): Promise<Matrix> {
    return this.products.multiply?.(a, b) ?? Promise.resolve(plainProduct(a, b));
  }

  /** Ranges of columns small enough for float64 copies. */
  private *ranges(): Generator<readonly [number, number]> {
    const width = Math.max(1, Math.floor(handy / this.count));
    for (let from = 0; from < this.dimension; from += width)
      yield [from, Math.min(this.dimension, from + width)];
  }

  private columns(from: number, to: number): Matrix {
    const part = matrix(this.count, to - from);
    this.gradients.forEach((g, i) => part.data.set(g.subarray(from, to), i * part.columns));
    return part;
  }
}

function columns(a: Matrix, from: number, to: number): Matrix {
  if (from === 0 && to === a.columns) return a;
  const part = matrix(a.rows, to - from);
  for (let i = 0; i < a.rows; i++) part.data.set(row(a, i).subarray(from, to), i * part.columns);
  return part;
}

function fixSign(vector: Float64Array): void {
  const largest = vector.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  if (largest < 0) for (let i = 0; i < vector.length; i++) vector[i] = -vector[i];
}
