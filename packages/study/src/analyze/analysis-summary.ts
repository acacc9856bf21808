import { degrees } from '@nads/linalg';
import type { RadialProfile } from '@nads/probe';
import * as z from 'zod/mini';
import { imageSchema } from '../image-schema.js';
import { parseJson } from '../parse-json.js';
import { preprocessingSummary } from '../trained/preprocessing-summary.js';
import type { ClassNumbers, Comparison } from './analysis-numbers.js';
import type { Analysis } from './analyze.js';
import { modelRecord } from '../model-record.js';
import type { ComparedNads } from './compared-nads.js';

const numbers = z.array(z.number());
const share = z.looseObject({
  top: z.int(),
  dimension: z.int(),
  overlap: z.number(),
  chance: z.number(),
});
const profile = z.looseObject({
  below_half_nyquist: z.number(),
  white_noise_below_half_nyquist: z.number(),
  frequency: numbers,
  share: numbers,
  white_noise: numbers,
});

/** What analysis.json holds: spectra of data gradients, and how they relate to NADs. */
export const analysisSchema = z.looseObject({
  format: z.optional(z.literal('analysis')),
  /** 1; absent in files written before formats had versions. */
  version: z.optional(z.int()),
  model: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    output: z.optional(z.string()),
  }),
  data: z.string(),
  preprocessing: z.looseObject({ description: z.string() }),
  image: imageSchema,
  settings: z.looseObject({
    seed: z.number(),
    of: z.enum(['logits', 'outputs']),
    class: z.enum(['true', 'predicted']),
    top: z.int(),
  }),
  images: z.int(),
  accuracy: z.nullable(z.number()),
  /** E‖∇f‖². */
  trace: z.number(),
  effective_rank: z.nullable(z.number()),
  eigenvalues: numbers,
  fourier: profile,
  classes: z.array(
    z.looseObject({
      name: z.string(),
      images: z.int(),
      accuracy: z.nullable(z.number()),
      trace: z.number(),
      effective_rank: z.nullable(z.number()),
      eigenvalues: numbers,
      overlap: z.nullable(numbers),
    }),
  ),
  nads: z.nullable(
    z.looseObject({
      source: z.string(),
      networks: z.nullable(z.int()),
      tied: z.int(),
      /** Dimension of the space that they were sought in; absent in files written before it was said. */
      span: z.optional(z.int()),
      half_split_overlap: z.record(z.string(), z.number()),
      overlap: z.array(share),
      channel_overlap: z.array(z.array(share)),
      principal_angles_degrees: z.record(z.string(), numbers),
      cumulative_energy: numbers,
      fourier: z.nullable(profile),
    }),
  ),
  runtime: z.string(),
});

/** What analysis.json holds. */
export type AnalysisSummary = z.infer<typeof analysisSchema>;

/** @throws naming the file and the invalid field */
export const parseAnalysisSummary = (name: string, text: string): AnalysisSummary =>
  parseJson(name, text, analysisSchema, 1);

/** What analysis.json says of an analysis. */
export function analysisSummary(analysis: Analysis): AnalysisSummary {
  const { source, trained, settings, gradients, nads, numbers: found } = analysis;
  const { channels, height, width } = trained.image;
  const { seed, of, class: which, top } = settings;
  return {
    format: 'analysis',
    version: 1,
    model: modelRecord(source),
    data: settings.data,
    preprocessing: preprocessingSummary(trained),
    image: { channels, height, width },
    settings: { seed, of, class: which, top },
    images: gradients.images,
    accuracy: accuracyOf(gradients),
    trace: found.trace,
    effective_rank: found.effectiveRank ?? null,
    eigenvalues: [...found.spectrum.eigenvalues.subarray(0, top)],
    fourier: profileSummary(found.profile),
    classes: found.classes.map(one => classSummary(one, top)),
    nads: nads && found.comparison ? nadSummary(nads, found.comparison) : null,
    runtime: analysis.runtime,
  };
}

const accuracyOf = ({ correct, images }: { correct?: number; images: number }): number | null =>
  correct === undefined ? null : correct / images;

const classSummary = (found: ClassNumbers, top: number): AnalysisSummary['classes'][number] => ({
  name: found.name,
  images: found.images,
  accuracy: accuracyOf(found),
  trace: found.trace,
  effective_rank: found.effectiveRank ?? null,
  eigenvalues: [...found.spectrum.eigenvalues.subarray(0, top)],
  overlap: found.shares?.map(({ overlap }) => overlap) ?? null,
});

const profileSummary = (of: RadialProfile): AnalysisSummary['fourier'] => ({
  below_half_nyquist: of.low,
  white_noise_below_half_nyquist: of.lowChance,
  frequency: [...of.frequency],
  share: [...of.share],
  white_noise: [...of.chance],
});

const nadSummary = (nads: ComparedNads, comparison: Comparison): AnalysisSummary['nads'] => ({
  source: nads.source,
  networks: nads.networks ?? null,
  tied: nads.tied,
  span: nads.span,
  half_split_overlap: Object.fromEntries(
    (nads.stability ?? []).map(({ top, halfSplitOverlap }) => [top, halfSplitOverlap]),
  ),
  overlap: comparison.shares.map(one => ({ ...one })),
  channel_overlap: comparison.channelShares.map(shares => shares.map(one => ({ ...one }))),
  principal_angles_degrees: Object.fromEntries(
    comparison.angles.map(({ share: { top }, angles }) => [top, [...angles].map(degrees)]),
  ),
  cumulative_energy: [...comparison.cumulativeEnergy],
  fourier: comparison.profile ? profileSummary(comparison.profile) : null,
});
