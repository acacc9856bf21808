import type { Random } from '@nads/linalg';
import type { Runtime, Session, Values } from '@nads/runtime';
import { notFiniteNode, type NotFiniteNode } from '../../not-finite/not-finite-node.js';
import { NotFinite } from '../../not-finite/not-finite.js';
import type { Plan } from '../plan/plan.js';
import type { Subnetwork } from '../plan/subnetwork.js';
import { DrawnWeights } from './drawn-weights.js';
import { networkStream } from './network-stream.js';

/**
 * Draws the networks of a plan. A network's weights follow from its number alone, no matter where and in which order
 * networks are drawn.
 */
export class DrawnNetworks {
  private readonly plan: Plan;
  private readonly runtime: Runtime;
  private readonly weights: DrawnWeights;

  constructor(plan: Plan, runtime: Runtime) {
    this.plan = plan;
    this.runtime = runtime;
    this.weights = new DrawnWeights(plan.init);
  }

  /**
   * Does something with a session of the body of network number `index`.
   * @param inputs inputs to run in order to find the node that gives the first values that are not finite.
   * @throws NotFinite, naming that node where it can be found.
   */
  async withBody<T>(
    index: number,
    inputs: Iterable<Values>,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const { body, seed } = this.plan;
    try {
      return await this.withSession(body, networkStream(seed, index), use);
    } catch (error) {
      throw error instanceof NotFinite ? error.at(await this.notFiniteNode(inputs)) : error;
    }
  }

  /** Does something with a session of tail number `tail` of network number `index`, in a plan that has tails. */
  withTail<T>(index: number, tail: number, use: (session: Session) => Promise<T>): Promise<T> {
    const random = networkStream(this.plan.seed, index).fork('tail').fork(tail);
    return this.withSession(this.plan.tail!, random, use);
  }

  private async withSession<T>(
    subnetwork: Subnetwork,
    random: Random,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    this.weights.draw(subnetwork, random);
    const external = this.weights.externalData(subnetwork);
    const session = await this.runtime.createSession(subnetwork.model, { threads: 1, external });
    try {
      return await use(session);
    } finally {
      await session.release();
    }
  }

  private notFiniteNode(inputs: Iterable<Values>): Promise<NotFiniteNode | undefined> {
    const { body } = this.plan;
    const external = this.weights.externalData(body);
    return notFiniteNode(this.runtime, body.model, { external }, inputs);
  }
}
