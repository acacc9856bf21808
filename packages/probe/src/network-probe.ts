import { matrix, Random } from '@nads/linalg';
import { allocateWeights, drawWeights, parseInit, type Init } from '@nads/onnx';
import type { Runtime, Session } from '@nads/runtime';
import { parseBasis, rowsBasis, type Basis } from './basis.js';
import { addCovariance, emptySums, type BlockSums } from './covariance.js';
import { pixelsOf } from './image-shape.js';
import type { HeadTreatment, Plan } from './plan.js';
import { secants } from './secants.js';
import { symmetryBlocks, type SymmetryBlock } from './symmetry-blocks.js';

/** Draws networks of a plan and measures what each adds to the covariance. */
export class NetworkProbe {
  readonly basis: Basis;
  readonly blocks: readonly SymmetryBlock[];
  private readonly plan: Plan;
  private readonly runtime: Runtime;
  private readonly init: Init;
  private readonly weights: Map<string, Float32Array>;

  constructor(plan: Plan, runtime: Runtime) {
    this.plan = plan;
    this.runtime = runtime;
    this.basis = basisOf(plan);
    this.blocks = symmetryBlocks(this.basis.size, this.basis.relabellings, plan.group);
    this.init = parseInit(plan.init);
    this.weights = allocateWeights(plan.draws);
  }

  /** What network number `index` adds: the same for the same index, whoever computes it when. */
  async contribution(index: number): Promise<BlockSums> {
    const sums = emptySums(this.blocks);
    const session = await this.draw(index);
    try {
      for (const point of this.plan.points) await this.addPoint(sums, session, point);
    } finally {
      await session.release();
    }
    return sums;
  }

  /** A session of network number `index`. */
  async draw(index: number): Promise<Session> {
    const { plan, weights } = this;
    drawWeights(plan.draws, this.init, new Random(plan.seed).fork('network').fork(index), weights);
    const external = new Map(
      [...weights].map(([name, { buffer }]) => [name, new Uint8Array(buffer)]),
    );
    return this.runtime.createSession(plan.model, { threads: 1, external });
  }

  private async addPoint(sums: BlockSums, session: Session, point: Float32Array): Promise<void> {
    const phi = await secants(session, this.plan, this.basis, point, this.plan.step);
    const vectors = headVectors(phi, phi.length / this.basis.size, this.plan.head);
    const scale = 1 / Math.sqrt(this.plan.points.length);
    for (let i = 0; i < vectors.length; i++) vectors[i] *= scale;
    addCovariance(sums, this.blocks, vectors, vectors.length / this.basis.size);
  }
}

/** The basis that a plan probes along. */
export function basisOf({ basis, rows, shape, probedChannels }: Plan): Basis {
  if (!rows) return parseBasis(basis, shape, probedChannels);
  const columns = pixelsOf(shape);
  return rowsBasis(matrix(rows.length / columns, columns, rows), shape);
}

/**
 * Vectors V [directions × r] whose V Vᵀ is the expectation of g gᵀ over the last layer. For weights
 * of mean m and variance s²: E_w[Φ w wᵀ Φᵀ] = s² Φ Φᵀ + m² (Φ1)(Φ1)ᵀ.
 */
function headVectors(phi: Float32Array, features: number, head: HeadTreatment): Float32Array {
  if (head.kind === 'sampled') return takeColumns(phi, features, 1);
  if (head.kind === 'outputs') return phi.map(x => x / Math.sqrt(features));
  const scaled = phi.map(x => x * Math.sqrt(head.variance));
  return head.mean === 0 ? scaled : withRowSums(scaled, phi, features, head.mean);
}

function takeColumns(phi: Float32Array, features: number, count: number): Float32Array {
  return Float32Array.from(
    { length: (phi.length / features) * count },
    (_, i) => phi[Math.floor(i / count) * features + (i % count)],
  );
}

function withRowSums(
  scaled: Float32Array,
  phi: Float32Array,
  features: number,
  mean: number,
): Float32Array {
  const out = new Float32Array(scaled.length + scaled.length / features);
  for (let row = 0; row < scaled.length / features; row++) {
    const at = row * features;
    out.set(scaled.subarray(at, at + features), row * (features + 1));
    const sum = phi.subarray(at, at + features).reduce((total, x) => total + x, 0);
    out[row * (features + 1) + features] = mean * sum;
  }
  return out;
}
