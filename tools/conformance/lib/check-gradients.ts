import {
  flowModel,
  inputModel,
  jacobianCovariance,
  logSynapticFlow,
  weightModel,
  weightScores,
} from '@nads/score';
import type { CheckResult } from './check-result.ts';
import { withSession, type modes, type ScoredOracle } from './scored-oracle.ts';

/** Scores from gradients in double precision, and in single precision: their distance is what may be expected. */
export type Gradients = Readonly<Record<Score, number | null>> & {
  readonly float32: Readonly<Record<Score, number | null>>;
};

/** What scores.json says of them, by batch-norm and batch. */
export type ZeroCost = Readonly<Record<`${keyof typeof modes}_${number}`, Gradients>> & {
  readonly synflow?: number | null;
};

const scores = ['loss', 'grad_norm', 'snip', 'plain', 'grasp', 'fisher', 'jacob_cov'] as const;
type Score = (typeof scores)[number];

/** Relative error that single precision may always have, and how many times that of PyTorch's otherwise. */
const [always, times] = [1e-5, 10];

/** A unit this close to 0 may be switched by rounding, which changes gradients by more. */
const [close, switched] = [1e-7, 1e-4];

/** The part of scores.json that matters here. */
interface Expected {
  readonly batch_sizes: readonly number[];
  readonly zero_cost: ZeroCost;
  readonly naswot: Readonly<Record<string, { readonly smallest_nonzero_preactivation?: number }>>;
}

/** Scores from gradients against those in double precision. */
export async function checkGradients(
  oracle: ScoredOracle,
  { batch_sizes, zero_cost, naswot }: Expected,
  result: CheckResult,
): Promise<void> {
  for (const mode of ['train', 'eval'] as const)
    for (const batch of batch_sizes) {
      const found = await gradientsOf(oracle, mode, batch);
      const expected = zero_cost[`${mode}_${batch}`];
      const { smallest_nonzero_preactivation: smallest = 1 } = naswot[`${mode}_${batch}`];
      for (const score of scores)
        compare(`${oracle.name} ${mode} ${batch}: ${score}`, found[score], expected[score], {
          single: expected.float32[score],
          relative: smallest < close ? switched : always,
          result,
        });
    }
  if (zero_cost.synflow === undefined) return;
  const flow = flowModel(oracle.network('eval', 1));
  const log = await withSession(flow.model, session => logSynapticFlow(session, flow));
  const found = log === undefined ? undefined : Math.exp(log);
  compare(`${oracle.name}: synflow`, found, zero_cost.synflow, {
    single: null,
    relative: always,
    result,
  });
}

async function gradientsOf(
  oracle: ScoredOracle,
  mode: keyof typeof modes,
  batch: number,
): Promise<Readonly<Record<Score, number | undefined>>> {
  const network = oracle.network(mode, batch);
  const [weights, inputs] = [weightModel(network), inputModel(network)];
  const [images, labels] = [oracle.first(batch), oracle.labels(batch)];
  const { gradNorm, ...rest } = await withSession(weights.model, session =>
    weightScores(session, weights, images, labels),
  );
  const jacob_cov = await withSession(inputs.model, session =>
    jacobianCovariance(session, inputs, images),
  );
  return { ...rest, grasp: rest.grasp, grad_norm: gradNorm, jacob_cov };
}

/** What may be off, and who is told. */
interface Allowance {
  /** The value in single precision. */
  readonly single: number | null;
  /** Relative error that is always allowed. */
  readonly relative: number;
  readonly result: CheckResult;
}

function compare(
  what: string,
  found: number | undefined,
  expected: number | null,
  { single, relative, result }: Allowance,
): void {
  if (found === undefined || expected === null)
    return result.note(
      (found ?? null) === expected,
      `${what} ${found ?? 'none'}, ${expected ?? 'none'} expected`,
    );
  const error = Math.abs(found - expected);
  const allowed = Math.max(
    relative * Math.abs(expected),
    single === null ? 0 : times * Math.abs(single - expected),
  );
  const line = `${what} ${found.toPrecision(7)}, off by ${(error / Math.abs(expected)).toExponential(1)}`;
  result.note(error <= allowed, line, `, ${allowed.toExponential(1)} allowed`);
}
