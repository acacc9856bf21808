import * as z from 'zod/mini';
import { countSchema } from '../count-schema.js';
import { imageSchema } from '../image-schema.js';
import { parseJson } from '../parse-json.js';
import { architectureSchema, leftOutSchema } from './architectures.js';
import { numberNames } from './spectral-numbers.js';

const two = <T extends z.core.SomeType>(value: T) => z.tuple([value, value]);
const measured = z.looseObject({ value: z.number(), error: z.nullable(z.number()) });
const top = z.int().check(z.minimum(1), z.maximum(1e4));

const memberSchema = z.extend(architectureSchema, {
  /** Of the model file. */
  sha256: z.string(),
  producer: z.string(),
  seeds: two(countSchema),
  /** Initialisation, where it is another than that of most. */
  init: z.string(),
  /** The shape of a direction: of one channel where all have the same. */
  directions: imageSchema,
  /** How many directions were sought. */
  searched: z.int().check(z.minimum(1)),
  /** Constants of the file that were not drawn anew. */
  kept: countSchema,
  /** Why its directions are compared with no others; absent where they are. */
  alone: z.optional(z.string()),
  /** Means of both estimates. */
  numbers: z.record(z.enum(numberNames), measured),
  /** Directions above the noise floor. */
  above_noise: z.nullable(two(countSchema)),
  symmetries: z.array(
    z.looseObject({ relabelling: z.string(), holds: z.boolean(), reason: z.string() }),
  ),
  /** Overlap of the two estimates, and of two halves of each, by the dimension k of the subspaces. */
  subspaces: z.array(
    z.looseObject({ top, within: measured, halves: z.nullable(two(z.nullable(z.number()))) }),
  ),
});

/** The version of atlas.json. */
export const atlasVersion = 2;

/** What atlas.json holds. */
export const atlasSchema = z.looseObject({
  format: z.literal('atlas'),
  version: z.literal(atlasVersion, {
    error:
      'errors of numbers were found in another way before version 2; make the atlas again with experiments/atlas/gather.ts',
  }),
  image: imageSchema,
  settings: z.looseObject({
    probe: z.string(),
    step: z.nullable(z.number()),
    basis: z.string(),
    init: z.string(),
    points: z.int(),
  }),
  runtime: z.string(),
  tops: z.array(top).check(z.minLength(1), z.maxLength(20)),
  members: z.array(memberSchema),
  /** Standard deviations between estimates that errors of the eigenvalues do not explain: shares as they are, others in parts of the value. */
  number_spreads: z.record(z.enum(numberNames), z.number().check(z.minimum(0))),
  /** By the dimension k: by how much errors that are predicted from the noise of eigenvalues are too small, and of how many pairs. */
  calibration: z.array(z.looseObject({ top, factor: z.number(), pairs: countSchema })),
  /** Largest change of an overlap that rounding to eight bits makes, of all pairs. */
  rounding: z.number(),
  left: leftOutSchema,
});

/** What atlas.json holds. */
export type AtlasSummary = z.infer<typeof atlasSchema>;

/** What atlas.json says of a member. */
export type MemberSummary = AtlasSummary['members'][number];

/** @throws naming the file and the invalid field */
export const parseAtlasSummary = (name: string, text: string): AtlasSummary =>
  parseJson(name, text, atlasSchema, atlasVersion);
