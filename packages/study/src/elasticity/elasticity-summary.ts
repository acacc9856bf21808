import * as z from 'zod/mini';
import { className } from '@nads/dataset';
import { elasticLossNames } from '@nads/probe';
import { countSchema } from '../count-schema.js';
import { modelRecord } from '../model-record.js';
import { parseJson } from '../parse-json.js';
import { scoreEstimate } from '../score/score-estimate.js';
import type { Elasticity, NetworkElasticity } from './elasticity.js';
import { localityOf } from './locality.js';
import type { ClusteredImages } from './similarity-clusters.js';
import { stepDistance } from './step-distance.js';

const number = z.nullable(z.number());

/** Over networks: null stands for the standard error of one. */
const estimateSchema = z.looseObject({
  mean: number,
  standard_error: number,
  values: z.array(number),
});

const agreementSchema = z.looseObject({ rand: estimateSchema, matched: estimateSchema });

/** What elasticity.json holds. */
export const elasticitySchema = z.looseObject({
  format: z.literal('elasticity'),
  version: z.int(),
  model: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    output: z.optional(z.string()),
  }),
  settings: z.looseObject({
    data: z.string(),
    images: z.int(),
    sample: z.number(),
    loss: z.enum(elasticLossNames),
    of: z.enum(['logits', 'outputs']),
    outputs: z.array(z.int()),
    primary: z.optional(z.array(z.int())),
    weights: z.enum(['file', 'fresh']),
    seed: z.number(),
    repeats: z.optional(z.int()),
    init: z.optional(z.string()),
    clusters: z.int(),
    restarts: z.int(),
    components: z.int(),
  }),
  /** In the order of the images, which lie class by class. */
  classes: z.array(z.looseObject({ label: z.int(), name: z.string(), images: countSchema })),
  parameters: z.int(),
  /** Mean loss of the images. */
  loss: estimateSchema,
  /** Adjusted Rand index and share in matched clusters, by what is clustered; the similarities over networks. */
  clusters: z.record(z.string(), agreementSchema),
  /** Mean relative similarity of different images within and between classes. */
  relative: z.looseObject({ within: estimateSchema, between: estimateSchema }),
  /** Of real steps of the first network: the largest distance of similarities from the exact ones, as a share of the largest of these. */
  steps: z.optional(
    z.looseObject({
      precision: z.enum(['float64', 'float32']),
      lengths: z.array(
        z.looseObject({ eta: z.number(), kernel: z.optional(number), relative: number }),
      ),
    }),
  ),
  runtime: z.string(),
});

/** What elasticity.json holds. */
export type ElasticitySummary = z.infer<typeof elasticitySchema>;

/** @throws naming the file and the invalid field */
export const parseElasticitySummary = (name: string, text: string): ElasticitySummary =>
  parseJson(name, text, elasticitySchema, 1);

/** What elasticity.json says. */
export function elasticitySummary(found: Elasticity): ElasticitySummary {
  const { source, networks, parameters, set, runtime } = found;
  const localities = networks.map(({ relative }) => localityOf(relative, set.labels));
  return {
    format: 'elasticity',
    version: 1,
    model: modelRecord(source),
    settings: settingsOf(found),
    classes: classesOf(found),
    parameters,
    loss: estimate(networks.map(({ loss }) => loss)),
    clusters: clustersOf(found),
    relative: {
      within: estimate(localities.map(({ within }) => within)),
      between: estimate(localities.map(({ between }) => between)),
    },
    steps: stepsOf(found),
    runtime,
  };
}

function settingsOf({
  settings,
  set,
  outputs,
  clusters,
}: Elasticity): ElasticitySummary['settings'] {
  const { data, sample, loss, of, primary, weights, seed, repeats, init } = settings;
  const { restarts, components } = settings;
  const common = { data, images: set.labels.length, sample, loss, of, outputs: [...outputs] };
  return {
    ...common,
    ...(primary && { primary: [...primary] }),
    ...(weights === 'file' ? { weights } : { weights, repeats, init }),
    seed,
    clusters,
    restarts,
    components,
  };
}

function classesOf({ set: { labels, images } }: Elasticity): ElasticitySummary['classes'] {
  return [...new Set(labels)].map(label => ({
    label,
    name: className(images, label),
    images: labels.filter(one => one === label).length,
  }));
}

function clustersOf({ networks, pixels }: Elasticity): ElasticitySummary['clusters'] {
  const of = (name: keyof NetworkElasticity['clusters']) =>
    networks.map(({ clusters }) => clusters[name]).filter(one => one !== undefined);
  const all = { kernel: of('kernel'), relative: of('relative') };
  return Object.fromEntries(
    Object.entries({ ...all, pixels: [pixels.pixels], components: [pixels.components] })
      .filter(([, found]) => found.length > 0)
      .map(([name, found]) => [name, agreement(found)]),
  );
}

const agreement = (found: readonly ClusteredImages[]) => ({
  rand: estimate(found.map(({ rand }) => rand)),
  matched: estimate(found.map(({ matched }) => matched)),
});

function stepsOf({ steps, networks: [first] }: Elasticity): ElasticitySummary['steps'] {
  if (!steps) return undefined;
  const { precision, similarities } = steps;
  const lengths = similarities.map(({ eta, kernel, relative }) => ({
    eta,
    ...(kernel && { kernel: finite(stepDistance(kernel, first.kernel)) }),
    relative: finite(stepDistance(relative, first.relative)),
  }));
  return { precision, lengths };
}

function estimate(values: readonly number[]): ElasticitySummary['loss'] {
  const { mean, standardError } = scoreEstimate(values);
  return {
    mean: finite(mean),
    standard_error: finite(standardError),
    values: values.map(finite),
  };
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
