/** A loss of one example, and the quantity whose changes are compared. */
export interface ElasticLoss {
  /** L(f, y). @param f outputs; @param y targets, 0 or 1 for each. */
  readonly value: (f: Numbers, y: Numbers) => number;
  /** ∂L/∂f. */
  readonly slope: (f: Numbers, y: Numbers) => Float64Array;
  /** What is compared, q: the outputs themselves, or probabilities. */
  readonly quantity: (f: Numbers) => Float64Array;
  /** ∂q_k/∂f. */
  readonly derivative: (f: Numbers, k: number) => Float64Array;
}

type Numbers = ArrayLike<number>;

/** Names of losses. */
export const elasticLossNames = ['squared', 'logistic', 'cross-entropy'] as const;

/** Name of a loss. */
export type ElasticLossName = (typeof elasticLossNames)[number];

/**
 * The losses of local elasticity (He & Su 2020). `squared` Σ (f − y)² and `logistic` Σ log(1 + eᶠ) − y f compare outputs; `cross-entropy`
 * −Σ y log p compares probabilities p, σ(f) of a single output (where it is the logistic loss), a softmax of several.
 */
export const elasticLosses: Readonly<Record<ElasticLossName, ElasticLoss>> = {
  squared: {
    value: (f, y) => total(f, (one, k) => (one - y[k]) ** 2),
    slope: (f, y) => each(f, (one, k) => 2 * (one - y[k])),
    quantity: f => Float64Array.from(f),
    derivative: (f, k) => each(f, (_, l) => Number(l === k)),
  },
  logistic: {
    value: (f, y) => total(f, (one, k) => softplus(one) - y[k] * one),
    slope: (f, y) => each(f, (one, k) => sigmoid(one) - y[k]),
    quantity: f => Float64Array.from(f),
    derivative: (f, k) => each(f, (_, l) => Number(l === k)),
  },
  'cross-entropy': {
    value: (f, y) =>
      f.length === 1
        ? softplus(f[0]) - y[0] * f[0]
        : logSumExp(f) - total(f, (one, k) => y[k] * one),
    slope: (f, y) => probabilities(f).map((p, k) => p - y[k]),
    quantity: probabilities,
    derivative: (f, k) => {
      const p = probabilities(f);
      return p.length === 1
        ? Float64Array.of(p[0] * (1 - p[0]))
        : p.map((one, l) => p[k] * (Number(l === k) - one));
    },
  },
};

/** σ(f) of a single output, else the softmax. */
function probabilities(f: Numbers): Float64Array {
  if (f.length === 1) return Float64Array.of(sigmoid(f[0]));
  const log = logSumExp(f);
  return each(f, one => Math.exp(one - log));
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

function logSumExp(f: Numbers): number {
  const largest = Math.max(...Array.from(f));
  return largest + Math.log(total(f, one => Math.exp(one - largest)));
}

const each = (f: Numbers, of: (x: number, k: number) => number): Float64Array =>
  Float64Array.from(f, of);

const total = (f: Numbers, of: (x: number, k: number) => number): number =>
  each(f, of).reduce((sum, x) => sum + x, 0);
