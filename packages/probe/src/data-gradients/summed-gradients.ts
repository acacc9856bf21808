import { addGram, matrix, mirrorLower, plainProduct, row, type Matrix } from '@nads/linalg';
import { eigenOf, rankOf } from './eigen-of.js';
import type { GradientCovariance, Products, Spectrum } from './covariance.js';

/** Gradients that are added at once: the more, the fewer passes over D×D numbers. */
const together = 256;

/** The covariance of any number of gradients as a sum of D×D numbers. */
export class SummedGradients implements GradientCovariance {
  count = 0;
  private readonly sum: Matrix;
  private readonly products: Products;
  private waiting: Float32Array[] = [];

  constructor(dimension: number, products: Products = {}) {
    this.sum = matrix(dimension, dimension);
    this.products = products;
  }

  async add(gradient: Float32Array): Promise<void> {
    this.waiting.push(gradient);
    this.count++;
    if (this.waiting.length >= together) await this.flush();
  }

  trace(): number {
    const n = this.sum.rows;
    let total = 0;
    for (let i = 0; i < n; i++) total += this.sum.data[i * n + i];
    for (const gradient of this.waiting) for (const x of gradient) total += x * x;
    return total / this.count;
  }

  async spectrum(k: number): Promise<Spectrum> {
    const { values, vectors } = await eigenOf(await this.covariance(), k, this.products.multiply);
    const rank = rankOf(values);
    const wanted = Math.min(k, rank);
    return {
      eigenvalues: values.slice(0, rank),
      eigenvectors: matrix(
        wanted,
        vectors.columns,
        vectors.data.slice(0, wanted * vectors.columns),
      ),
    };
  }

  async along(rows: Matrix): Promise<Float64Array> {
    const covariance = await this.covariance();
    const { multiply = plainProduct } = this.products;
    const product = await multiply(rows, covariance);
    return Float64Array.from({ length: rows.rows }, (_, i) => {
      const other = row(product, i);
      return row(rows, i).reduce((sum, x, j) => sum + x * other[j], 0);
    });
  }

  private async covariance(): Promise<Matrix> {
    await this.flush();
    const { rows, data } = this.sum;
    const mean = matrix(
      rows,
      rows,
      data.map(x => x / this.count),
    );
    mirrorLower(mean);
    return mean;
  }

  private async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const columns = matrix(this.sum.rows, this.waiting.length);
    this.waiting.forEach((gradient, j) =>
      gradient.forEach((x, i) => (columns.data[i * columns.columns + j] = x)),
    );
    this.waiting = [];
    if (!this.products.gram) return addGram(this.sum, columns.data);
    const { data } = await this.products.gram(columns);
    for (let i = 0; i < data.length; i++) this.sum.data[i] += data[i];
  }
}
