import {
  adjustedRandIndex,
  kernelKMeans,
  matchedShare,
  matrix,
  multiplyTransposed,
  Random,
  symmetricEigen,
  type Matrix,
} from '@nads/linalg';
import type { AllElasticitySettings } from './elasticity-settings.js';
import type { ElasticSet } from './elastic-set.js';

/** What is clustered. */
export type ClusterMethod = 'kernel' | 'relative' | 'pixels' | 'components';

/** A clustering of images, and how far it agrees with their classes. */
export interface ClusteredImages {
  readonly labels: Int32Array;
  /** Adjusted Rand index. */
  readonly rand: number;
  /** Share of images in clusters that are matched with their classes. */
  readonly matched: number;
}

/** Clusterings of images by their pixels, which no network changes. */
export type PixelClusters = Readonly<Record<'pixels' | 'components', ClusteredImages>>;

/** Clusterings of images by similarities that a network gives them. */
export type SimilarityClusters = Readonly<Partial<Record<'kernel' | 'relative', ClusteredImages>>>;

/** Finds clusters among the images to be clustered. */
export class Clustering {
  private readonly set: ElasticSet;
  private readonly settings: AllElasticitySettings;
  private readonly truth: Int32Array;

  constructor(set: ElasticSet, settings: AllElasticitySettings) {
    this.set = set;
    this.settings = settings;
    this.truth = Int32Array.from(set.clustered, i => set.labels[i]);
  }

  /** How many clusters are looked for. */
  get count(): number {
    return this.settings.clusters ?? new Set(this.truth).size;
  }

  /** k-means of pixels, and of their leading principal components. @param images [n × pixels]. */
  ofPixels(images: Float32Array): PixelClusters {
    const { set } = this;
    const pixels = images.length / set.labels.length;
    const rows = matrix(set.clustered.length, pixels);
    set.clustered.forEach((i, at) =>
      rows.data.set(images.subarray(i * pixels, (i + 1) * pixels), at * pixels),
    );
    const components = principalScores(rows, this.settings.components);
    return {
      pixels: this.found('pixels', rowProducts(rows)),
      components: this.found('components', rowProducts(components)),
    };
  }

  /**
   * Kernel k-means of the kernelised similarity, k-means of rows of the relative one, which is left out where it is not finite.
   * Both are made symmetric, (S + Sᵀ)/2.
   */
  bySimilarity(kernel: Matrix, relative: Matrix): SimilarityClusters {
    const rows = this.part(relative);
    return {
      kernel: this.found('kernel', this.part(kernel)),
      ...(rows.data.every(Number.isFinite) && {
        relative: this.found('relative', rowProducts(rows)),
      }),
    };
  }

  private found(method: ClusterMethod, kernel: Matrix): ClusteredImages {
    const { seed, restarts } = this.settings;
    const random = new Random(seed).fork('clusters').fork(method);
    const { labels } = kernelKMeans(kernel, this.count, { random, restarts });
    return {
      labels,
      rand: adjustedRandIndex(labels, this.truth),
      matched: matchedShare(labels, this.truth),
    };
  }

  /** The symmetric part of a similarity of the images to be clustered. */
  private part({ columns, data }: Matrix): Matrix {
    const { clustered } = this.set;
    const part = matrix(clustered.length, clustered.length);
    clustered.forEach((i, row) =>
      clustered.forEach((j, column) => {
        part.data[row * part.columns + column] =
          (data[i * columns + j] + data[j * columns + i]) / 2;
      }),
    );
    return part;
  }
}

const rowProducts = (rows: Matrix): Matrix => multiplyTransposed(rows, rows);

/** Coordinates of rows along the leading principal components, each row around the mean of all: [n × components]. */
function principalScores(rows: Matrix, components: number): Matrix {
  const { rows: n, columns, data } = rows;
  const mean = new Float64Array(columns);
  data.forEach((x, at) => (mean[at % columns] += x / n));
  const centred = matrix(
    n,
    columns,
    data.map((x, at) => x - mean[at % columns]),
  );
  const count = Math.min(components, n);
  const { values, vectors } = symmetricEigen(rowProducts(centred), { count });
  const scores = matrix(n, count);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < count; k++)
      scores.data[i * count + k] = vectors.data[k * n + i] * Math.sqrt(Math.max(0, values[k]));
  return scores;
}
