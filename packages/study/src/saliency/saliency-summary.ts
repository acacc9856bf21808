import * as z from 'zod/mini';
import { plainName } from '../plain-name.js';
import { parseJson } from '../parse-json.js';
import { preprocessingSummary } from '../trained/preprocessing-summary.js';
import { modelRecord } from '../model-record.js';
import type { PictureSaliency, Saliency } from './saliency.js';

const method = z.enum(['gradient', 'gradient-x-input', 'integrated', 'smooth']);

const fileInFolder = z.string().check(z.regex(plainName));

/** What saliency.json holds: which output of each picture was looked at, and the files of its maps. */
export const saliencySchema = z.looseObject({
  format: z.optional(z.literal('saliency')),
  /** 1; absent in files written before formats had versions. */
  version: z.optional(z.int()),
  model: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    output: z.optional(z.string()),
  }),
  preprocessing: z.looseObject({ description: z.string() }),
  settings: z.looseObject({
    of: z.enum(['logits', 'outputs']),
    methods: z.array(method),
    steps: z.int(),
    baseline: z.string(),
    samples: z.int(),
    noise: z.number(),
    seed: z.number(),
  }),
  images: z.array(
    z.looseObject({
      file: z.string(),
      output: z.int(),
      predicted: z.int(),
      /** Of the output that was looked at; absent in files of older versions, as are those below. */
      value: z.optional(z.number()),
      /** Softmax of logits. */
      probability: z.optional(z.number()),
      /** The picture as it was taken, from 0 to 1: a .npy file. */
      image: z.optional(fileInFolder),
      completeness: z.optional(
        z.looseObject({
          sum: z.number(),
          value: z.number(),
          baseline_value: z.number(),
          relative_gap: z.nullable(z.number()),
        }),
      ),
      maps: z.partialRecord(method, z.looseObject({ array: fileInFolder, picture: fileInFolder })),
    }),
  ),
  runtime: z.string(),
});

/** What saliency.json holds. */
export type SaliencySummary = z.infer<typeof saliencySchema>;

/** @throws naming the file and the invalid field */
export const parseSaliencySummary = (name: string, text: string): SaliencySummary =>
  parseJson(name, text, saliencySchema, 1);

/** What saliency.json says of saliency maps. */
export function saliencySummary(found: Saliency): SaliencySummary {
  const { source, trained, settings, pictures, runtime } = found;
  const { of, methods, steps, baseline, samples, noise, seed } = settings;
  return {
    format: 'saliency',
    version: 1,
    model: modelRecord(source),
    preprocessing: preprocessingSummary(trained),
    settings: {
      of,
      methods: [...methods],
      steps,
      baseline: typeof baseline === 'string' ? baseline : baseline.name,
      samples,
      noise,
      seed,
    },
    images: pictures.map(pictureSummary),
    runtime,
  };
}

const pictureSummary = ({
  picture,
  stem,
  output,
  predicted,
  value,
  probability,
  maps,
  completeness,
}: PictureSaliency): SaliencySummary['images'][number] => ({
  file: picture,
  output,
  predicted,
  value,
  ...(probability !== undefined && { probability }),
  image: `${stem}.image.npy`,
  ...(completeness && {
    completeness: {
      sum: completeness.sum,
      value: completeness.value,
      baseline_value: completeness.baselineValue,
      relative_gap: Number.isNaN(completeness.gap) ? null : completeness.gap,
    },
  }),
  maps: Object.fromEntries(
    [...maps.keys()].map(name => [
      name,
      { array: `${stem}.${name}.npy`, picture: `${stem}.${name}.png` },
    ]),
  ),
});
