import type { Basis } from '@nads/basis';
import { reused } from '@nads/linalg';
import type { Runtime, Session, StopSignal, Values } from '@nads/runtime';
import { addCovariance, type Gram } from './accumulate/add-covariance.js';
import { addSums } from './accumulate/add-sums.js';
import { emptySums, type BlockSums } from './accumulate/block-sums.js';
import { headVectors } from './accumulate/head-vectors.js';
import { partBlocks } from './accumulate/part-blocks.js';
import { subtractPart } from './accumulate/subtract-part.js';
import { symmetryBlocks, type SymmetryBlock } from './accumulate/symmetry-blocks.js';
import { DrawnNetworks } from './draw/drawn-networks.js';
import type { NetworkNumber } from './draw/network-stream.js';
import { alongSome } from './plan/along-some.js';
import { basisOf } from './plan/basis-of.js';
import { gradientCount } from './plan/gradient-count.js';
import type { LocalPlan } from './plan/local/local-plan.js';
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

/** What networks are probed along. */
interface Along {
  readonly basis: Basis;
  /** What sums are kept of. */
  readonly blocks: readonly SymmetryBlock[];
  /** How networks are run on crops of maps for it; undefined where they are run on whole images. */
  readonly local?: LocalPlan;
}

/** Draws networks of a plan, probes them, and measures what each adds to the covariance. */
export class NetworkProbe {
  readonly basis: Basis;
  /** Symmetry types, and after them the parts of them that further networks are probed along. */
  readonly blocks: readonly SymmetryBlock[];
  readonly networks: DrawnNetworks;
  private readonly plan: Plan;
  private readonly options: NetworkProbeOptions;
  /** Room for what is measured of one network or tail, which the next one takes. */
  private readonly memory = {
    responses: reused(length => new Float32Array(length)),
    secants: reused(length => new Float32Array(length)),
    coordinates: reused(length => new Float64Array(length)),
  };
  /** Ends when the networks so far are done: the next one takes their weights' place and their memory. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly all: Along;
  private readonly some?: Along;

  constructor(plan: Plan, runtime: Runtime, options: NetworkProbeOptions = {}) {
    this.plan = plan;
    this.options = options;
    this.networks = new DrawnNetworks(plan, runtime);
    this.basis = basisOf(plan);
    const types = symmetryBlocks(this.basis.size, this.basis.relabellings, plan.group);
    this.all = { basis: this.basis, blocks: types, local: plan.local };
    if (plan.further) {
      const { directions, local } = plan.further;
      const basis = alongSome(this.basis, directions);
      this.some = { basis, blocks: partBlocks(types, directions), local };
    }
    this.blocks = [...types, ...(this.some?.blocks ?? [])];
  }

  /** Along what networks are run on boxes of maps, and how. */
  get onBoxes(): readonly { readonly basis: Basis; readonly local: LocalPlan }[] {
    return [this.all, this.some].flatMap(along =>
      along?.local ? [{ basis: along.basis, local: along.local }] : [],
    );
  }

  /** What network number `index` adds to the covariance. It follows from the plan and the number alone. */
  contribution(index: number): Promise<BlockSums> {
    const sums = this.last.then(() => this.contributionOf(index));
    this.last = sums.catch(() => {});
    return sums;
  }

  private async contributionOf(index: number): Promise<BlockSums> {
    const own = await this.sumsOf(index, this.all);
    return this.some ? [...own, ...(await this.changes(own, index, this.some))] : own;
  }

  /** What the mean over a network and its further ones has more than the network alone, in some directions: of mean zero. */
  private async changes(own: BlockSums, index: number, some: Along): Promise<BlockSums> {
    const { count } = this.plan.further!;
    const changes = emptySums(some.blocks);
    for (let further = 0; further < count; further++)
      addSums(changes, await this.sumsOf({ index, further }, some));
    for (const { data } of changes) data.forEach((sum, i) => (data[i] = sum / (count + 1)));
    subtractPart(changes, some.blocks, own, count / (count + 1));
    return changes;
  }

  /** What a network adds to the covariance along some directions. */
  private async sumsOf(number: NetworkNumber, along: Along): Promise<BlockSums> {
    const sums = emptySums(along.blocks);
    const { networks, plan } = this;
    const add = (of: (probing: Probing) => AsyncIterable<Float32Array>) =>
      this.addAll(sums, along, of);
    const secantsOf = (body: Probed) => add(probing => this.secantsOf(body, probing, number));
    const inputs = this.inputs();
    if (plan.probe === 'gradient')
      await networks.withBody(number, inputs, body =>
        add(probing => this.derivatives(body, probing)),
      );
    else if (along.local) await networks.withPieces(number, along.local, inputs, secantsOf);
    else await networks.withBody(number, inputs, secantsOf);
    return sums;
  }

  /** Adds what there is at each point. */
  private async addAll(
    sums: BlockSums,
    along: Along,
    responsesAt: (probing: Probing) => AsyncIterable<Float32Array>,
  ): Promise<void> {
    for (const point of this.plan.points)
      for await (const phi of responsesAt({ ...this.probing(point), basis: along.basis }))
        await this.add(sums, along, phi);
  }

  /** Derivatives Φ [directions × features] of a network at a point. */
  private async *derivatives(body: Session, probing: Probing): AsyncGenerator<Float32Array> {
    yield await jacobian(body, probing, this.gradients());
  }

  /** Secants Φ [directions × features] of a network at a point: of each of its tails, where it has some. */
  private async *secantsOf(
    body: Probed,
    probing: Probing,
    number: NetworkNumber,
  ): AsyncGenerator<Float32Array> {
    const { tail } = this.plan;
    if (tail) yield* this.secantsOfTails(body, probing, tail, number);
    else yield await secants(body, probing, this.memory.secants);
  }

  private async *secantsOfTails(
    body: Probed,
    probing: Probing,
    tail: TailSubnetwork,
    number: NetworkNumber,
  ): AsyncGenerator<Float32Array> {
    const values = await responses(body, probing, this.memory.responses);
    const rows = 2 * probing.basis.size;
    for (let i = 0; i < tail.count; i++)
      yield await this.networks.withTail(number, i, session =>
        tailSecants(session, tail, values, rows, probing.step, this.memory.secants),
      );
  }

  /** Adds the share of one point and tail. */
  private async add(
    sums: BlockSums,
    { basis: { size }, blocks }: Along,
    phi: Float32Array,
  ): Promise<void> {
    const { head, points, tail } = this.plan;
    const { vectors, scale } = headVectors(phi, phi.length / size, head);
    const share = scale / ((tail?.count ?? 1) * points.length);
    const columns = vectors.length / size;
    await addCovariance(sums, blocks, vectors, columns, share, {
      gram: this.options.gram,
      memory: this.memory.coordinates,
    });
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
