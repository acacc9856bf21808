import * as z from 'zod/mini';
import { imageSchema } from '../image-schema.js';
import { parseJson } from '../parse-json.js';

const overlaps = z.record(z.string(), z.number());
const nullable = <T extends z.core.SomeType>(type: T) => z.nullable(type);

/** What nads.json holds: how directions were estimated, and how certain they are. */
export const nadsSchema = z.looseObject({
  format: z.optional(z.literal('nads')),
  /** 1; absent in files written before formats had versions. */
  version: z.optional(z.int()),
  model: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    /** Of several. */
    output: z.optional(z.string()),
    producer: z.string(),
    producer_version: z.string(),
    opset: z.number(),
  }),
  networks: z.int(),
  /** True while the estimate is not done. */
  so_far: z.optional(z.boolean()),
  settings: z.looseObject({
    probe: z.enum(['secant', 'gradient', 'mixed']),
    seed: z.number(),
    /** h of secants. */
    step: nullable(z.number()),
    init: z.string(),
    head: z.string(),
    symmetry: z.string(),
    basis: z.string(),
    points: z.int(),
  }),
  image: z.extend(imageSchema, { layout: z.enum(['NCHW', 'NHWC']) }),
  /** Relabellings of the image that were tried, and what breaks those that do not hold. */
  symmetry: z.optional(
    z.looseObject({
      derived: z.optional(
        z.array(z.looseObject({ relabelling: z.string(), holds: z.boolean(), reason: z.string() })),
      ),
    }),
  ),
  directions: z.looseObject({ saved: z.int(), dimension: z.int(), probed: z.int() }),
  /** Absent where channels are not looked at. */
  channels: z.optional(z.looseObject({ probed: z.int(), exchangeable: z.boolean() })),
  /** Constants that were not drawn anew; absent in files written before it was said. */
  kept: z.optional(
    z.array(
      z.looseObject({
        node: z.string(),
        operator: z.string(),
        input: z.int(),
        constants: z.array(z.string()),
        reason: z.string(),
      }),
    ),
  ),
  /** Share of the first network's secants, of some, that float32 cannot resolve: what they hold is rounding or nothing. */
  unresolved_secants: z.optional(z.number()),
  /** Whether the half-split overlap of the leading subspace reached what was asked for; absent for a number of networks. */
  converged: z.optional(z.boolean()),
  goal: z.optional(
    z.looseObject({ top: z.int(), asked: z.number(), reached: nullable(z.number()) }),
  ),
  stability: nullable(z.looseObject({ half_split_overlap: overlaps, predicted_overlap: overlaps })),
  noise_floor: nullable(z.looseObject({ upper: z.number(), lower: z.number(), index: z.int() })),
  runtime: z.string(),
});

/** What nads.json holds. */
export type NadsSummary = z.infer<typeof nadsSchema>;

/** The summary with its format and version. */
export const nadsSummary = (summary: NadsSummary): NadsSummary => ({
  format: 'nads',
  version: 1,
  ...summary,
});

/** @throws naming the file and the invalid field */
export const parseNadsSummary = (name: string, text: string): NadsSummary =>
  parseJson(name, text, nadsSchema, 1);
