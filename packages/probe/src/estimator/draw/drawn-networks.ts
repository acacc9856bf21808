import { boxMemory, type Random } from '@nads/linalg';
import type { Runtime, Session, Values } from '@nads/runtime';
import { notFiniteNode, type NotFiniteNode } from '../../not-finite/not-finite-node.js';
import { NotFinite } from '../../not-finite/not-finite.js';
import type { LocalPlan } from '../plan/local/local-plan.js';
import type { Plan } from '../plan/plan.js';
import type { DrawnModel, OpenModel } from '../plan/subnetwork.js';
import { DrawnWeights } from './drawn-weights.js';
import type { LocalSessions } from './local-sessions.js';
import { networkStream, type NetworkNumber } from './network-stream.js';

/** Sessions of models whose weights are inputs: one serves all networks, and whoever else draws those of the same plan in this thread. */
const kept = new WeakMap<OpenModel, { readonly runtime: Runtime; readonly session: Session }>();

/**
 * Draws the networks of a plan. A network's weights follow from its number alone, no matter where and in which order
 * networks are drawn.
 */
export class DrawnNetworks {
  private readonly plan: Plan;
  private readonly runtime: Runtime;
  private readonly weights: DrawnWeights;
  private readonly memory = boxMemory();

  constructor(plan: Plan, runtime: Runtime) {
    this.plan = plan;
    this.runtime = runtime;
    this.weights = new DrawnWeights(plan.init);
  }

  /**
   * Does something with a session of the body of a network.
   * @param inputs inputs to run in order to find the node that gives the first values that are not finite.
   * @throws NotFinite, naming that node where it can be found.
   */
  async withBody<T>(
    number: NetworkNumber,
    inputs: Iterable<Values>,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const { body } = this.plan;
    const work = this.withSession(body, this.streamOf(number), use);
    return this.explained(number, inputs, work);
  }

  /** The same with the sessions of a body in the pieces of this plan. */
  async withPieces<T>(
    number: NetworkNumber,
    plan: LocalPlan,
    inputs: Iterable<Values>,
    use: (sessions: LocalSessions) => Promise<T>,
  ): Promise<T> {
    const work = this.withSessions([...plan.stages, plan.rest], this.streamOf(number), sessions =>
      use({ plan, stages: sessions.slice(0, -1), rest: sessions.at(-1)!, memory: this.memory }),
    );
    return this.explained(number, inputs, work);
  }

  /** Does something with a session of tail number `tail` of a network, in a plan that has tails. */
  withTail<T>(
    number: NetworkNumber,
    tail: number,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const random = this.streamOf(number).fork('tail').fork(tail);
    return this.withSession(this.plan.tail!, random, use);
  }

  private streamOf(number: NetworkNumber): Random {
    return networkStream(this.plan.seed, number);
  }

  private withSession<T>(
    piece: DrawnModel,
    random: Random,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    return this.withSessions([piece], random, ([session]) => use(session));
  }

  private async withSessions<T>(
    pieces: readonly DrawnModel[],
    random: Random,
    use: (sessions: readonly Session[]) => Promise<T>,
  ): Promise<T> {
    const sessions: Session[] = [];
    try {
      for (const piece of pieces) sessions.push(await this.session(piece, random));
      return await use(sessions);
    } finally {
      for (const session of sessions) await session.release();
    }
  }

  private async session(piece: DrawnModel, random: Random): Promise<Session> {
    this.weights.draw(piece, random);
    const { open } = piece;
    if (open && (open.isBest || this.runtime.slowSessions))
      return sessionWith(this.weights.values(piece), await this.keptSession(open));
    const external = this.weights.externalData(piece);
    return this.runtime.createSession(piece.fast ?? piece.model, { threads: 1, external });
  }

  private async keptSession(open: OpenModel): Promise<Session> {
    const { runtime } = this;
    const known = kept.get(open);
    if (known?.runtime === runtime) return known.session;
    const session = await runtime.createSession(open.model, { threads: 1 });
    kept.set(open, { runtime, session });
    return session;
  }

  /** What work on a network comes to; of numbers that are not finite with the node that they come from. */
  private async explained<T>(
    number: NetworkNumber,
    inputs: Iterable<Values>,
    work: Promise<T>,
  ): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw error instanceof NotFinite ? error.at(await this.notFiniteNode(number, inputs)) : error;
    }
  }

  private notFiniteNode(
    number: NetworkNumber,
    inputs: Iterable<Values>,
  ): Promise<NotFiniteNode | undefined> {
    const { body } = this.plan;
    this.weights.draw(body, this.streamOf(number));
    const external = this.weights.externalData(body);
    return notFiniteNode(this.runtime, body.model, { external }, inputs);
  }
}

/** A session that takes some inputs by itself, and stays when it is released. */
const sessionWith = (weights: Values, session: Session): Session => ({
  ...session,
  run: inputs => session.run({ ...inputs, ...weights }),
  release: async () => {},
});
