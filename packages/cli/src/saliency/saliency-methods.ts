import { preprocess } from '@nads/dataset';
import { Random } from '@nads/linalg';
import {
  channelMeans,
  gradient,
  gradientTimesInput,
  integratedGradients,
  pixelsOf,
  smoothGradient,
  type IntegratedGradients,
} from '@nads/probe';
import type { TrainedModel } from '../models/trained-model.js';

/** A way to say which pixels matter. */
export type Method = 'gradient' | 'gradient-x-input' | 'integrated' | 'smooth';

/** The baseline that goes with a preprocessed image [C·H·W]. */
export type Baseline = (x: Float32Array) => Float32Array;

interface Settings {
  readonly method: readonly Method[];
  readonly steps: number;
  readonly samples: number;
  readonly noise: number;
  readonly seed: number;
}

/** Attributions [C·H·W] by method, and how integrated gradients add up. */
export interface Attributions {
  readonly maps: ReadonlyMap<Method, Float64Array>;
  readonly completeness?: Omit<IntegratedGradients, 'attributions'>;
}

/** A black picture as the model sees it, or the image with every channel its own mean. */
export function baselineOf(
  kind: 'zero' | 'mean',
  { image, preprocessing }: TrainedModel,
): Baseline {
  if (kind === 'mean') return x => channelMeans(x, image);
  const data = new Uint8Array(pixelsOf(image));
  const black = { dims: [image.channels, image.height, image.width], data } as const;
  const baseline = preprocess([black], preprocessing, () => 'the black picture').data;
  return () => baseline;
}

/**
 * What each method says of one output at a preprocessed image.
 * @param proceed called with the gradients done and their number in all; what it throws ends the work.
 */
export async function computeMethods(
  { runner }: TrainedModel,
  x: Float32Array,
  output: number,
  baseline: Float32Array,
  { method, steps, samples, noise, seed }: Settings,
  proceed: (done: number, total: number) => void,
): Promise<Attributions> {
  const costs: Record<Method, number> = {
    gradient: 1,
    'gradient-x-input': 1,
    integrated: steps,
    smooth: samples,
  };
  const total = method.reduce((sum, name) => sum + costs[name], 0);
  let before = 0;
  const counted = (done: number): void => proceed(before + done, total);
  let integrated: IntegratedGradients | undefined;
  const ways: Record<Method, () => Promise<Float64Array>> = {
    gradient: () => gradient(runner, x, output),
    'gradient-x-input': () => gradientTimesInput(runner, x, output),
    integrated: async () => {
      const options = { baseline, steps, proceed: counted };
      integrated = await integratedGradients(runner, x, output, options);
      return integrated.attributions;
    },
    smooth: () => {
      const random = new Random(seed).fork('smooth');
      return smoothGradient(runner, x, output, { samples, noise, random, proceed: counted });
    },
  };
  const maps = new Map<Method, Float64Array>();
  for (const name of method) {
    counted(0);
    maps.set(name, await ways[name]());
    before += costs[name];
  }
  return { maps, completeness: integrated && withoutMap(integrated) };
}

const withoutMap = ({ sum, value, baselineValue, gap }: IntegratedGradients) => ({
  sum,
  value,
  baselineValue,
  gap,
});
