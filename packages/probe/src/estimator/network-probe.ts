import { Random } from '@nads/linalg';
import { allocateWeights, drawWeights, parseInit, type Init } from '@nads/onnx';
import type { Runtime, Session, StopSignal, Values } from '@nads/runtime';
import { inChannels, type Basis } from '@nads/basis';
import { addCovariance, emptySums, type BlockSums, type Gram } from './accumulate/covariance.js';
import { headVectors } from './accumulate/head-vectors.js';
import { jacobian, rowsOfHead, seededRuns } from './secants/jacobian.js';
import { chosenBasis } from './plan/chosen-basis.js';
import type { Subnetwork, Plan, TailSubnetwork } from './plan/plan.js';
import { NotFinite } from '../not-finite/not-finite.js';
import { notFiniteNode, type NotFiniteNode } from '../not-finite/not-finite-node.js';
import { probes, responses, secants, type Probing } from './secants/secants.js';
import { symmetryBlocks, type SymmetryBlock } from './accumulate/symmetry-blocks.js';
import { tailSecants } from './secants/tail-secants.js';

/** What a probe may use beside the runtime. */
export interface NetworkProbeOptions {
  readonly gram?: Gram;
  /** Asked before every run of a network. */
  readonly signal?: StopSignal;
}

/** Draws networks of a plan and measures what each adds to the covariance. */
export class NetworkProbe {
  readonly basis: Basis;
  readonly blocks: readonly SymmetryBlock[];
  private readonly plan: Plan;
  private readonly runtime: Runtime;
  private readonly options: NetworkProbeOptions;
  private readonly init: Init;
  private readonly weights = new Map<Subnetwork, Map<string, Float32Array>>();

  constructor(plan: Plan, runtime: Runtime, options: NetworkProbeOptions = {}) {
    this.plan = plan;
    this.runtime = runtime;
    this.options = options;
    this.basis = basisOf(plan);
    this.blocks = symmetryBlocks(this.basis.size, this.basis.relabellings, plan.group);
    this.init = parseInit(plan.init);
  }

  /** What network number `index` adds: the same for the same index, whoever computes it when. */
  async contribution(index: number): Promise<BlockSums> {
    const sums = emptySums(this.blocks);
    const { tail, points } = this.plan;
    await this.withBody(index, this.inputs(), async body => {
      for (const point of points)
        if (this.plan.probe === 'gradient')
          await this.add(sums, await jacobian(body, this.probing(point), this.rows()), 1);
        else if (tail) await this.addTails(sums, body, point, tail, index);
        else await this.add(sums, await secants(body, this.probing(point)), 1);
    });
    return sums;
  }

  /**
   * Does something with a session of the body of network number `index`.
   * @param inputs what to run to find the node where numbers that are not finite come from.
   */
  async withBody<T>(
    index: number,
    inputs: Iterable<Values>,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.withSession(this.plan.body, this.streamOf(index), use);
    } catch (error) {
      throw error instanceof NotFinite ? error.at(await this.findNode(inputs)) : error;
    }
  }

  private findNode(inputs: Iterable<Values>): Promise<NotFiniteNode | undefined> {
    const { body } = this.plan;
    return notFiniteNode(this.runtime, body.model, { external: this.external(body) }, inputs);
  }

  private *inputs(): Generator<Values> {
    for (const point of this.plan.points) {
      const probing = this.probing(point);
      const binding = { ...probing.binding, batch: Math.min(2, this.plan.batch) };
      if (this.plan.probe === 'gradient') yield* seededRuns({ ...probing, binding }, this.rows());
      else yield* probes({ ...probing, binding });
    }
  }

  private async addTails(
    sums: BlockSums,
    body: Session,
    point: Float32Array,
    tail: TailSubnetwork,
    index: number,
  ): Promise<void> {
    const values = await responses(body, this.probing(point));
    const rows = 2 * this.basis.size;
    for (let i = 0; i < tail.count; i++) {
      const random = this.streamOf(index).fork('tail').fork(i);
      const phi = await this.withSession(tail, random, session =>
        tailSecants(session, tail, values, rows, this.plan.step),
      );
      await this.add(sums, phi, tail.count);
    }
  }

  private async add(sums: BlockSums, phi: Float32Array, draws: number): Promise<void> {
    const { vectors, scale } = headVectors(phi, phi.length / this.basis.size, this.plan.head);
    const share = scale / (draws * this.plan.points.length);
    await addCovariance(
      sums,
      this.blocks,
      vectors,
      vectors.length / this.basis.size,
      share,
      this.options.gram,
    );
  }

  private async withSession<T>(
    subnetwork: Subnetwork,
    random: Random,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const session = await this.draw(subnetwork, random);
    try {
      return await use(session);
    } finally {
      await session.release();
    }
  }

  private draw(subnetwork: Subnetwork, random: Random): Promise<Session> {
    const weights = this.weights.get(subnetwork) ?? allocateWeights(subnetwork.draws);
    this.weights.set(subnetwork, weights);
    drawWeights(subnetwork.draws, this.init, random, weights);
    return this.runtime.createSession(subnetwork.model, {
      threads: 1,
      external: this.external(subnetwork),
    });
  }

  /** The weights that were drawn last. */
  private external = (subnetwork: Subnetwork): ReadonlyMap<string, Uint8Array> =>
    new Map(
      [...(this.weights.get(subnetwork) ?? [])].map(([name, { buffer }]) => [
        name,
        new Uint8Array(buffer),
      ]),
    );

  private streamOf = (index: number): Random =>
    new Random(this.plan.seed).fork('network').fork(index);

  /** Outputs of which gradients are wanted. */
  private rows(): number {
    return rowsOfHead(this.plan.body.seed!, this.plan.head);
  }

  private probing(point: Float32Array): Probing {
    const { body, layout, batch, step } = this.plan;
    const { input, output, seed } = body;
    const binding = { input, output, seed, layout, batch };
    return { binding, basis: this.basis, point, step, signal: this.options.signal };
  }
}

/** The basis that a plan probes along. */
export function basisOf({
  basis,
  rows,
  shape,
  probedChannels,
}: Pick<Plan, 'basis' | 'rows' | 'shape' | 'probedChannels'>): Basis {
  return inChannels(chosenBasis(basis, rows, shape), shape, probedChannels);
}
