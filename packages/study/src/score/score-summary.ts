import * as z from 'zod/mini';
import { scoreNames } from '@nads/score';
import { parseJson } from '../parse-json.js';
import type { ScoreEstimate } from './score-estimate.js';
import { modelRecord } from '../model-record.js';
import type { ModelScores } from './score.js';

const number = z.nullable(z.number());

/** One score: null stands for −∞, and for the standard error of one network. */
const estimateSchema = z.looseObject({
  mean: number,
  standard_error: number,
  values: z.array(number),
});

/** What the JSON of scores holds. */
export const scoreSchema = z.looseObject({
  format: z.literal('score'),
  version: z.int(),
  model: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    output: z.optional(z.string()),
  }),
  settings: z.looseObject({
    data: z.string(),
    batch: z.int(),
    /** Seed by which images were chosen; absent where they are the first ones. */
    sample: z.optional(z.number()),
    batch_norm: z.enum(['training', 'evaluation']),
    weights: z.enum(['file', 'fresh']),
    /** Of fresh weights: networks, seed, how they are drawn. */
    repeats: z.optional(z.int()),
    seed: z.optional(z.number()),
    init: z.optional(z.string()),
  }),
  /** The command that repeats it, where a command computed it. */
  arguments: z.optional(z.array(z.string())),
  /** By name. */
  scores: z.record(z.string(), estimateSchema),
  /** Why others do not exist. */
  missing: z.record(z.string(), z.string()),
  /** Of the kernel of codes of the first network. */
  kernel: z.optional(
    z.looseObject({
      units: z.int(),
      rank: z.int(),
      /** Groups of images of equal codes. */
      equal: z.array(z.array(z.int())),
      smallest_eigenvalue: z.number(),
    }),
  ),
  /** Of the spectrum of NADs of so many fresh networks. */
  nads: z.optional(z.looseObject({ networks: z.int(), effective_rank: z.number() })),
  runtime: z.string(),
});

/** What the JSON of scores holds. */
export type ScoreSummary = z.infer<typeof scoreSchema>;

/** @throws naming the file and the invalid field */
export const parseScoreSummary = (name: string, text: string): ScoreSummary =>
  parseJson(name, text, scoreSchema, 1);

/** What JSON says of the scores of a model. */
export function scoreSummary({
  source,
  settings,
  scores,
  missing,
  codes,
  nadsRank,
  runtime,
}: ModelScores): ScoreSummary {
  const { data, batch, sample, batchNorm, weights, repeats, seed, init } = settings;
  const common = { data, batch, sample, batch_norm: batchNorm };
  const found = scoreNames.filter(name => scores[name]);
  return {
    format: 'score',
    version: 1,
    model: modelRecord(source),
    settings:
      weights === 'file' ? { ...common, weights } : { ...common, weights, repeats, seed, init },
    scores: Object.fromEntries(found.map(name => [name, estimate(scores[name]!)])),
    missing: { ...missing },
    ...(codes && { kernel: kernel(codes) }),
    ...(nadsRank !== undefined && {
      nads: { networks: settings.nads!, effective_rank: nadsRank },
    }),
    runtime,
  };
}

const estimate = ({ mean, standardError, values }: ScoreEstimate) => ({
  mean: finite(mean),
  standard_error: finite(standardError),
  values: values.map(finite),
});

const kernel = ({ units, determinant }: NonNullable<ModelScores['codes']>) => ({
  units,
  rank: determinant.rank,
  equal: determinant.equal.map(group => [...group]),
  smallest_eigenvalue: determinant.smallestEigenvalue,
});

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
