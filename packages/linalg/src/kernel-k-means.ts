import type { Matrix } from './matrix.js';
import type { Random } from './random.js';

/** Settings of clusters. */
export interface ClusterOptions {
  /** Draws seeds. */
  readonly random: Random;
  /** Runs from other seeds, the best of which counts; 10 if not given. */
  readonly restarts?: number;
  /** Rounds of a run at most; 300 if not given. */
  readonly rounds?: number;
}

/** A partition of n points. */
export interface Clusters {
  /** The cluster of each point, from 0. */
  readonly labels: Int32Array;
  /** Σ of squared distances of points from the means of their clusters. */
  readonly spread: number;
}

/**
 * Clusters of points that are known by their inner products K alone: k-means in feature space (Schölkopf, Smola & Müller 1998), seeded by
 * k-means++ (Arthur & Vassilvitskii 2007), the partition of least spread of all restarts. Of K = X Xᵀ it is k-means of the rows of X.
 * @param kernel [n × n], symmetric. @throws where there are fewer points than clusters.
 */
export function kernelKMeans(kernel: Matrix, clusters: number, options: ClusterOptions): Clusters {
  const { random, restarts = 10, rounds = 300 } = options;
  if (kernel.rows < clusters)
    throw new Error(`linalg: ${kernel.rows} points cannot be in ${clusters} clusters`);
  let best: Clusters | undefined;
  for (let i = 0; i < restarts; i++) {
    const found = new Partition(kernel, clusters, random.fork(i)).settled(rounds);
    if (!best || found.spread < best.spread) best = found;
  }
  return best!;
}

/** A partition on its way. */
class Partition {
  private readonly kernel: Matrix;
  private readonly clusters: number;
  private readonly labels: Int32Array;
  /** Squared distance of each point from the mean of each cluster: [n × clusters]. */
  private readonly distances: Float64Array;

  constructor(kernel: Matrix, clusters: number, random: Random) {
    this.kernel = kernel;
    this.clusters = clusters;
    this.labels = new Int32Array(kernel.rows);
    this.distances = new Float64Array(kernel.rows * clusters);
    this.seed(random);
  }

  /** Moves points to the nearest mean until none moves. */
  settled(rounds: number): Clusters {
    for (let round = 0; round < rounds; round++) {
      this.measure();
      this.fillEmpty();
      if (!this.assign()) break;
    }
    this.measure();
    const spread = this.labels.reduce((sum, label, i) => sum + this.distance(i, label), 0);
    return { labels: this.labels, spread };
  }

  private distance(i: number, cluster: number): number {
    return this.distances[i * this.clusters + cluster];
  }

  /** Points as means, each drawn in proportion to the squared distance from the nearest before. */
  private seed(random: Random): void {
    const { rows: n, data } = this.kernel;
    const nearest = new Float64Array(n).fill(Infinity);
    let chosen = random.int(n);
    for (let cluster = 0; cluster < this.clusters; cluster++) {
      for (let i = 0; i < n; i++) {
        const square = data[i * n + i] + data[chosen * n + chosen] - 2 * data[i * n + chosen];
        this.distances[i * this.clusters + cluster] = square;
        nearest[i] = Math.max(0, Math.min(nearest[i], square));
      }
      chosen = drawn(nearest, random);
    }
    this.assign();
  }

  /** Puts each point into the nearest cluster. @returns whether one moved. */
  private assign(): boolean {
    let moved = false;
    for (let i = 0; i < this.labels.length; i++) {
      let best = this.labels[i];
      for (let c = 0; c < this.clusters; c++)
        if (this.distance(i, c) < this.distance(i, best)) best = c;
      moved ||= best !== this.labels[i];
      this.labels[i] = best;
    }
    return moved;
  }

  /** ‖x_i − μ_c‖² = K_ii − 2/|c| Σ_j K_ij + 1/|c|² Σ_jl K_jl over the points j and l of c; infinite where c is empty. */
  private measure(): void {
    const { labels, clusters, distances } = this;
    const { rows: n, data } = this.kernel;
    const sizes = this.sizes();
    const within = new Float64Array(clusters);
    distances.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) distances[i * clusters + labels[j]] += data[i * n + j];
      within[labels[i]] += distances[i * clusters + labels[i]];
    }
    for (let i = 0; i < n; i++)
      for (let c = 0; c < clusters; c++) {
        const at = i * clusters + c;
        distances[at] =
          sizes[c] === 0
            ? Infinity
            : data[i * n + i] - (2 * distances[at]) / sizes[c] + within[c] / sizes[c] ** 2;
      }
  }

  private sizes(): Int32Array {
    const sizes = new Int32Array(this.clusters);
    for (const label of this.labels) sizes[label]++;
    return sizes;
  }

  /** Gives each empty cluster the point that is farthest from its own mean. */
  private fillEmpty(): void {
    for (let empty = this.sizes().indexOf(0); empty >= 0; empty = this.sizes().indexOf(0)) {
      const sizes = this.sizes();
      let farthest = -1;
      for (const [i, label] of this.labels.entries())
        if (
          sizes[label] > 1 &&
          !(this.distance(i, label) <= this.distance(farthest, this.labels[farthest]))
        )
          farthest = i;
      this.labels[farthest] = empty;
      this.measure();
    }
  }
}

/** A place drawn in proportion to weights; any where all are zero. */
function drawn(weights: Float64Array, random: Random): number {
  const total = weights.reduce((sum, x) => sum + x, 0);
  if (!(total > 0)) return random.int(weights.length);
  let left = random.next() * total;
  const found = weights.findIndex(x => (left -= x) < 0);
  return found < 0 ? weights.findLastIndex(x => x > 0) : found;
}
