import type { Basis } from '@nads/basis';
import type { Runtime, Session, StopSignal, Values } from '@nads/runtime';
import { addCovariance, type Gram } from './accumulate/add-covariance.js';
import { emptySums, type BlockSums } from './accumulate/block-sums.js';
import { headVectors } from './accumulate/head-vectors.js';
import { symmetryBlocks, type SymmetryBlock } from './accumulate/symmetry-blocks.js';
import { DrawnNetworks } from './draw/drawn-networks.js';
import { basisOf } from './plan/basis-of.js';
import { gradientCount } from './plan/gradient-count.js';
import type { Plan } from './plan/plan.js';
import type { TailSubnetwork } from './plan/subnetwork.js';
import { imageBinding } from './secants/image-binding.js';
import { jacobian } from './secants/jacobian.js';
import { probes } from './secants/probes.js';
import type { Probing } from './secants/probing.js';
import { responses } from './secants/responses.js';
import type { Probed } from './secants/run-probes.js';
import { secants } from './secants/secants.js';
import { seededRuns } from './secants/seeded-runs.js';
import { tailSecants } from './secants/tail-secants.js';

/** Optional parts of a probe. */
export interface NetworkProbeOptions {
  readonly gram?: Gram;
  /** Checked before every run of a network. */
  readonly signal?: StopSignal;
}

/** Draws networks of a plan, probes them, and measures what each adds to the covariance. */
export class NetworkProbe {
  readonly basis: Basis;
  readonly blocks: readonly SymmetryBlock[];
  readonly networks: DrawnNetworks;
  private readonly plan: Plan;
  private readonly options: NetworkProbeOptions;

  constructor(plan: Plan, runtime: Runtime, options: NetworkProbeOptions = {}) {
    this.plan = plan;
    this.options = options;
    this.networks = new DrawnNetworks(plan, runtime);
    this.basis = basisOf(plan);
    this.blocks = symmetryBlocks(this.basis.size, this.basis.relabellings, plan.group);
  }

  /** What network number `index` adds to the covariance. It follows from the plan and the number alone. */
  async contribution(index: number): Promise<BlockSums> {
    const sums = emptySums(this.blocks);
    const { networks, plan } = this;
    const add = (of: (probing: Probing) => AsyncIterable<Float32Array>) => this.addAll(sums, of);
    const secantsOf = (body: Probed) => add(probing => this.secantsOf(body, probing, index));
    const inputs = this.inputs();
    if (plan.probe === 'gradient')
      await networks.withBody(index, inputs, body =>
        add(probing => this.derivatives(body, probing)),
      );
    else if (plan.local) await networks.withPieces(index, inputs, secantsOf);
    else await networks.withBody(index, inputs, secantsOf);
    return sums;
  }

  /** Adds what there is at each point. */
  private async addAll(
    sums: BlockSums,
    responsesAt: (probing: Probing) => AsyncIterable<Float32Array>,
  ): Promise<void> {
    for (const point of this.plan.points)
      for await (const phi of responsesAt(this.probing(point))) await this.add(sums, phi);
  }

  /** Derivatives Φ [directions × features] of a network at a point. */
  private async *derivatives(body: Session, probing: Probing): AsyncGenerator<Float32Array> {
    yield await jacobian(body, probing, this.gradients());
  }

  /** Secants Φ [directions × features] of a network at a point: of each of its tails, where it has some. */
  private async *secantsOf(
    body: Probed,
    probing: Probing,
    index: number,
  ): AsyncGenerator<Float32Array> {
    const { tail } = this.plan;
    if (tail) yield* this.secantsOfTails(body, probing, tail, index);
    else yield await secants(body, probing);
  }

  private async *secantsOfTails(
    body: Probed,
    probing: Probing,
    tail: TailSubnetwork,
    index: number,
  ): AsyncGenerator<Float32Array> {
    const values = await responses(body, probing);
    const rows = 2 * this.basis.size;
    for (let i = 0; i < tail.count; i++)
      yield await this.networks.withTail(index, i, session =>
        tailSecants(session, tail, values, rows, probing.step),
      );
  }

  /** Adds the share of one point and tail. */
  private async add(sums: BlockSums, phi: Float32Array): Promise<void> {
    const { head, points, tail } = this.plan;
    const { size } = this.basis;
    const { vectors, scale } = headVectors(phi, phi.length / size, head);
    const share = scale / ((tail?.count ?? 1) * points.length);
    const columns = vectors.length / size;
    await addCovariance(sums, this.blocks, vectors, columns, share, this.options.gram);
  }

  /** The inputs that the body is run on, two images at a time. */
  private *inputs(): Generator<Values> {
    for (const point of this.plan.points) {
      const probing = this.probing(point);
      const few = { ...probing.binding, batch: Math.min(2, this.plan.batch) };
      if (this.plan.probe === 'gradient')
        yield* seededRuns({ ...probing, binding: few }, this.gradients());
      else yield* probes({ ...probing, binding: few });
    }
  }

  private gradients(): number {
    return gradientCount(this.plan.body.seed!, this.plan.head);
  }

  private probing(point: Float32Array): Probing {
    const binding = imageBinding(this.plan);
    const { step } = this.plan;
    return { binding, basis: this.basis, point, step, signal: this.options.signal };
  }
}
