import {
  matrix,
  plainProduct,
  row,
  transpose,
  type Matrix,
  type MatrixProduct,
} from '@nads/linalg';

/** How the images of a set lie along k directions; every array has an entry for each direction. */
export interface DecompositionResult {
  readonly images: number;
  /** E c², summed over channels: what the set has along the direction. */
  readonly energy: Float64Array;
  /** The share of E‖x‖² that this is. */
  readonly share: Float64Array;
  /** E (c − E c)², summed over channels. */
  readonly variance: Float64Array;
  /** Fisher's ratio: variance of the class means over variance within the classes; NaN without labels. */
  readonly fisher: Float64Array;
  /** Energy of the images of each class; none without labels. */
  readonly classes: readonly { readonly images: number; readonly energy: Float64Array }[];
}

/** Sums over the images of a class. */
interface Sums {
  images: number;
  /** Σ c: [channels × k]. */
  readonly first: Matrix;
  /** Σ c²: [channels × k]. */
  readonly second: Matrix;
}

/**
 * The coefficients c of images along directions, class by class: images come in batches and are not kept. Directions with as
 * many numbers as a channel are taken in each channel by itself. Fisher's ratio (Fisher 1936) is
 * Σ p_t ‖μ_t − μ‖² / Σ p_t E‖c − μ_t‖², c and its means μ over the channels.
 */
export class Decomposition {
  private readonly rows: Matrix;
  private readonly columns: Matrix;
  private readonly product: MatrixProduct;
  private readonly classes: Sums[] = [];
  private squares = 0;

  /** @param rows [k × P], orthonormal. */
  constructor(rows: Matrix, product: MatrixProduct = plainProduct) {
    this.rows = rows;
    this.columns = transpose(rows);
    this.product = product;
  }

  /**
   * Adds images [n × C·P]; without labels all are of one class.
   * @throws where the length of an image is not a multiple of that of the rows.
   */
  async add(images: Float32Array, count: number, labels?: Int32Array): Promise<void> {
    const channels = images.length / count / this.rows.columns;
    if (!Number.isInteger(channels) || channels < 1)
      throw new Error(
        `images of ${images.length / count} numbers cannot be decomposed along directions of ${this.rows.columns}`,
      );
    const x = matrix(count * channels, this.rows.columns, Float64Array.from(images));
    this.squares += x.data.reduce((sum, value) => sum + value * value, 0);
    const along = await this.product(x, this.columns);
    for (let i = 0; i < count; i++) {
      const sums = this.sumsOf(labels?.[i] ?? 0, channels);
      sums.images++;
      for (let c = 0; c < channels; c++)
        row(along, i * channels + c).forEach((value, k) => {
          row(sums.first, c)[k] += value;
          row(sums.second, c)[k] += value * value;
        });
    }
  }

  result(): DecompositionResult {
    const present = this.classes.filter(({ images }) => images > 0);
    const images = present.reduce((sum, one) => sum + one.images, 0);
    const all = total(present);
    const energy = overChannels(all.second).map(sum => sum / images);
    const variance = subtract(energy, overChannels(squared(all.first)), images);
    const within = energy.map((value, k) => value - sumAt(present, k) / images);
    const labelled = this.classes.length > 1;
    return {
      images,
      energy,
      share: energy.map(value => (value * images) / this.squares),
      variance,
      fisher: variance.map((value, k) => (labelled ? (value - within[k]) / within[k] : NaN)),
      classes: labelled
        ? this.classes.map(one => ({
            images: one.images,
            energy: overChannels(one.second).map(sum => sum / one.images),
          }))
        : [],
    };
  }

  private sumsOf(label: number, channels: number): Sums {
    while (this.classes.length <= label)
      this.classes.push({
        images: 0,
        first: matrix(channels, this.rows.rows),
        second: matrix(channels, this.rows.rows),
      });
    return this.classes[label];
  }
}

/** Σ over classes of images · ‖μ_t‖² along a direction. */
const sumAt = (classes: readonly Sums[], k: number): number =>
  classes.reduce((sum, { images, first }) => {
    let square = 0;
    for (let c = 0; c < first.rows; c++) square += row(first, c)[k] ** 2;
    return sum + square / images;
  }, 0);

function total(classes: readonly Sums[]): Sums {
  const [{ first }] = classes;
  const sum = (of: (one: Sums) => Matrix): Matrix => {
    const result = matrix(first.rows, first.columns);
    for (const one of classes) of(one).data.forEach((value, i) => (result.data[i] += value));
    return result;
  };
  return { images: 0, first: sum(one => one.first), second: sum(one => one.second) };
}

const squared = ({ rows, columns, data }: Matrix): Matrix =>
  matrix(
    rows,
    columns,
    data.map(value => value * value),
  );

function overChannels(sums: Matrix): Float64Array {
  const result = new Float64Array(sums.columns);
  for (let c = 0; c < sums.rows; c++) row(sums, c).forEach((value, k) => (result[k] += value));
  return result;
}

/** E c² − (E c)². */
const subtract = (energy: Float64Array, squaredSums: Float64Array, images: number): Float64Array =>
  energy.map((value, k) => value - squaredSums[k] / images ** 2);
