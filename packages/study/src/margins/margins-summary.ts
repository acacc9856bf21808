import { quantile } from '@nads/linalg';
import * as z from 'zod/mini';
import { countSchema } from '../count-schema.js';
import { parseJson } from '../parse-json.js';
import { modelRecord } from '../model-record.js';
import type { BlockMargins, Margins } from './margins.js';

/** Infinite where no perturbation was found, which JSON has no number for. */
const norm = z.nullable(z.number());

/** What margins.json holds: of what margins are, and their quartiles over the images by block. */
export const marginsSchema = z.looseObject({
  format: z.literal('margins'),
  version: z.int(),
  model: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    output: z.optional(z.string()),
  }),
  settings: z.looseObject({
    data: z.string(),
    seed: z.number(),
    basis: z.string(),
    block: z.int(),
    classes: z.int(),
    overshoot: z.number(),
    iterations: z.int(),
    of: z.enum(['logits', 'outputs']),
  }),
  images: z.int(),
  accuracy: z.nullable(z.number()),
  /** L2 norms by pixel from 0, black, to 1; null where they are infinite. */
  blocks: z.array(
    z.looseObject({
      block: countSchema,
      first: countSchema,
      last: countSchema,
      found: countSchema,
      q25: norm,
      median: norm,
      q75: norm,
      gradient_energy: z.number(),
    }),
  ),
  runtime: z.string(),
});

/** What margins.json holds. */
export type MarginsSummary = z.infer<typeof marginsSchema>;

/** @throws naming the file and the invalid field */
export const parseMarginsSummary = (name: string, text: string): MarginsSummary =>
  parseJson(name, text, marginsSchema, 1);

/** What margins.json says of margins. */
export function marginsSummary(found: Margins): MarginsSummary {
  const { source, settings, basis, images, chosen, correct, margins, runtime } = found;
  const { data, seed, block, classes, overshoot, iterations, of } = settings;
  return {
    format: 'margins',
    version: 1,
    model: modelRecord(source),
    settings: { data, seed, basis: basis.name, block, classes, overshoot, iterations, of },
    images,
    accuracy: chosen.labels ? correct / images : null,
    blocks: margins.map(blockSummary),
    runtime,
  };
}

function blockSummary({ index, first, last, norms, energy }: BlockMargins) {
  const [q25, median, q75] = [0.25, 0.5, 0.75].map(share => finite(quantile(norms, share)));
  const found = norms.filter(value => value < Infinity).length;
  return { block: index, first, last, found, q25, median, q75, gradient_energy: energy };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
