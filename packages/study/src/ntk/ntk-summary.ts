import { parameterCount } from '@nads/probe';
import * as z from 'zod/mini';
import { parseJson } from '../parse-json.js';
import { modelRecord } from '../model-record.js';
import type { Ntk } from './ntk.js';

/** What ntk.json holds: of what a tangent kernel is, and its numbers. */
export const ntkSchema = z.looseObject({
  format: z.optional(z.literal('ntk')),
  /** 1; absent in files written before formats had versions. */
  version: z.optional(z.int()),
  model: z.looseObject({
    file: z.string(),
    sha256: z.string(),
    output: z.optional(z.string()),
  }),
  settings: z.looseObject({
    data: z.string(),
    images: z.int(),
    seed: z.number(),
    of: z.enum(['logits', 'outputs']),
    outputs: z.array(z.int()),
    weights: z.enum(['own', 'fresh']),
    /** Seed of fresh weights. */
    fresh: z.optional(z.number()),
    init: z.optional(z.string()),
  }),
  parameters: z.looseObject({
    count: z.int(),
    tensors: z.array(z.looseObject({ name: z.string(), size: z.int() })),
  }),
  trace: z.number(),
  effective_rank: z.number(),
  alignment: z.nullable(z.number()),
  centred_alignment: z.nullable(z.number()),
  runtime: z.string(),
});

/** What ntk.json holds. */
export type NtkSummary = z.infer<typeof ntkSchema>;

/** @throws naming the file and the invalid field */
export const parseNtkSummary = (name: string, text: string): NtkSummary =>
  parseJson(name, text, ntkSchema, 1);

/** What ntk.json says of a kernel. */
export function ntkSummary({ source, derivative, numbers, ...found }: Ntk): NtkSummary {
  return {
    format: 'ntk',
    version: 1,
    model: modelRecord(source),
    settings: settingsOf(found),
    parameters: {
      count: parameterCount(derivative),
      tensors: derivative.parameters.map(({ name, size }) => ({ name, size })),
    },
    trace: numbers.trace,
    effective_rank: numbers.effectiveRank,
    alignment: known(numbers.alignment),
    centred_alignment: known(numbers.centredAlignment),
    runtime: found.runtime,
  };
}

function settingsOf({
  settings,
  images,
  outputs,
}: Pick<Ntk, 'images' | 'outputs' | 'settings'>): NtkSummary['settings'] {
  const { data, seed, of, fresh, init } = settings;
  const common = { data, images: images.count, seed, of, outputs: [...outputs] };
  return fresh === undefined
    ? { ...common, weights: 'own' }
    : { ...common, weights: 'fresh', fresh, init };
}

const known = (x: number): number | null => (Number.isNaN(x) ? null : x);
