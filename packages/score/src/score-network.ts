import { NoGradient, type Model } from '@nads/onnx';
import type { Runtime, Session, StopSignal } from '@nads/runtime';
import { codeKernel, type CodeKernel } from './codes/code-kernel.js';
import { codeModel } from './codes/code-model.js';
import { logDeterminant, type LogDeterminant } from './codes/log-determinant.js';
import { flowModel } from './gradients/flow-model.js';
import { inputModel, jacobianCovariance } from './gradients/input-correlation.js';
import { logSynapticFlow } from './gradients/synaptic-flow.js';
import { weightModel } from './gradients/weight-model.js';
import { weightScores } from './gradients/weight-scores.js';
import { networkCost } from './network/network-cost.js';
import { scoredNetwork, type ScoreOptions } from './network/scored-network.js';
import { groupsOf, type ScoreName } from './score-name.js';

/** What networks are scored on. */
export interface ScoredBatch {
  /** [batch × C·H·W], as the model takes them. */
  readonly images: Float32Array;
  /** The class of each, from 0; only scores of the loss need them. */
  readonly labels?: ArrayLike<number>;
}

/** How a network is scored. */
export interface NetworkScoreOptions extends ScoreOptions {
  readonly scores: readonly ScoreName[];
  /** Of a session; all if not given. */
  readonly threads?: number;
  readonly signal?: StopSignal;
}

/** The scores of one network. */
export interface NetworkScores {
  /** Those that were asked for and exist; −∞ for a singular kernel. */
  readonly values: Readonly<Partial<Record<ScoreName, number>>>;
  /** Why others do not exist. */
  readonly missing: Readonly<Partial<Record<ScoreName, string>>>;
  /** Where codes were asked for. */
  readonly codes?: CodeKernel & { readonly determinant: LogDeterminant };
}

/**
 * Scores a network as it is, each kind of score with a session of its own. What cannot be differentiated is told in `missing`.
 * @throws where the model has no activation like ReLU and codes are asked for, or its numbers are not finite.
 */
export async function scoreNetwork(
  model: Model,
  batch: ScoredBatch,
  options: NetworkScoreOptions,
  runtime: Runtime,
): Promise<NetworkScores> {
  return new Scoring(model, batch, options, runtime).run();
}

type Values = NetworkScores['values'];

class Scoring {
  private readonly model: Model;
  private readonly batch: ScoredBatch;
  private readonly options: NetworkScoreOptions;
  private readonly runtime: Runtime;
  private codes: NetworkScores['codes'];

  constructor(model: Model, batch: ScoredBatch, options: NetworkScoreOptions, runtime: Runtime) {
    this.model = model;
    this.batch = batch;
    this.options = options;
    this.runtime = runtime;
  }

  async run(): Promise<NetworkScores> {
    const { scores, signal } = this.options;
    const values: Partial<Record<ScoreName, number>> = {};
    const missing: Partial<Record<ScoreName, string>> = {};
    for (const group of groupsOf(scores)) {
      signal?.throwIfAborted();
      const found = await this.ways[group.name]().catch(reasonOf);
      for (const score of group.scores)
        if (typeof found === 'string') missing[score] = found;
        else if (found[score] === undefined) missing[score] = group.otherwise;
        else values[score] = found[score];
    }
    return { values, missing, codes: this.codes };
  }

  private readonly ways = {
    codes: async (): Promise<Values> => {
      const codes = codeModel(this.network());
      const found = await this.withSession(codes.model, session =>
        codeKernel(session, codes, this.batch.images),
      );
      const determinant = logDeterminant(found.kernel);
      this.codes = { ...found, determinant };
      const naswot = determinant.value;
      return { naswot, naswot_per_unit: naswot / found.units };
    },
    weights: async (): Promise<Values> => {
      const curvature = this.options.scores.includes('grasp');
      const weights = weightModel(this.network(), { curvature });
      const { gradNorm, ...found } = await this.withSession(weights.model, session =>
        weightScores(session, weights, this.batch.images, this.batch.labels ?? []),
      );
      return { ...found, grad_norm: gradNorm };
    },
    images: async (): Promise<Values> => {
      const inputs = inputModel(this.network());
      return {
        jacob_cov: await this.withSession(inputs.model, session =>
          jacobianCovariance(session, inputs, this.batch.images),
        ),
      };
    },
    flow: async (): Promise<Values> => {
      const flow = flowModel(this.network('evaluation'));
      const log = await this.withSession(flow.model, session => logSynapticFlow(session, flow));
      return log === undefined ? {} : { log_synflow: log, synflow: Math.exp(log) };
    },
    cost: async (): Promise<Values> => ({ ...networkCost(this.network('evaluation')) }),
  };

  private network(batchNorm = this.options.batchNorm) {
    return scoredNetwork(this.model, { ...this.options, batchNorm });
  }

  private async withSession<T>(
    model: Uint8Array,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const session = await this.runtime.createSession(model, { threads: this.options.threads });
    try {
      return await use(session);
    } finally {
      await session.release();
    }
  }
}

/** Why there is no gradient; other errors are thrown again. */
function reasonOf(error: unknown): string {
  if (error instanceof NoGradient) return error.message;
  throw error;
}
