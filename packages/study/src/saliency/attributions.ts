import { Random } from '@nads/linalg';
import {
  gradient,
  gradientTimesInput,
  integratedGradients,
  smoothGradient,
  type GradientRunner,
  type IntegratedGradients,
} from '@nads/probe';
import type { Watched } from '@nads/runtime';

/** A saliency method. */
export type SaliencyMethod = 'gradient' | 'gradient-x-input' | 'integrated' | 'smooth';

/** How attributions are computed. */
export interface AttributionOptions extends Watched {
  readonly methods: readonly SaliencyMethod[];
  /** Baseline of integrated gradients: [C·H·W]. */
  readonly baseline: Float32Array;
  /** Gradients that integrated gradients sum. */
  readonly steps: number;
  /** Noisy copies that smooth gradients average over. */
  readonly samples: number;
  /** Standard deviation of their noise, as a share of the range of the image. */
  readonly noise: number;
  readonly seed: number;
}

/** Attributions [C·H·W] by method, and how integrated gradients add up. */
export interface Attributions {
  readonly maps: ReadonlyMap<SaliencyMethod, Float64Array>;
  readonly completeness?: Omit<IntegratedGradients, 'attributions'>;
}

/** Attributions of one output at a preprocessed image, by method. @throws the signal's reason once it is aborted */
export async function attributions(
  runner: GradientRunner,
  x: Float32Array,
  output: number,
  options: AttributionOptions,
): Promise<Attributions> {
  const { methods, signal, onProgress } = options;
  const total = methods.reduce((sum, method) => sum + costOf(method, options), 0);
  let before = 0;
  const counted = ({ done }: { readonly done: number }): void =>
    onProgress?.({ unit: 'gradients', done: before + done, total });
  const maps = new Map<SaliencyMethod, Float64Array>();
  let completeness: Attributions['completeness'];
  for (const method of methods) {
    signal?.throwIfAborted();
    counted({ done: 0 });
    const found = await computed[method](runner, x, output, { ...options, onProgress: counted });
    maps.set(method, found.map);
    completeness ??= found.completeness;
    before += costOf(method, options);
  }
  counted({ done: 0 });
  return { maps, completeness };
}

/** Gradients that a method takes. */
const costOf = (
  method: SaliencyMethod,
  { steps, samples }: Pick<AttributionOptions, 'steps' | 'samples'>,
): number => ({ gradient: 1, 'gradient-x-input': 1, integrated: steps, smooth: samples })[method];

type Compute = (
  runner: GradientRunner,
  x: Float32Array,
  output: number,
  options: AttributionOptions,
) => Promise<Pick<Attributions, 'completeness'> & { readonly map: Float64Array }>;

const computed: Readonly<Record<SaliencyMethod, Compute>> = {
  gradient: async (runner, x, output) => ({ map: await gradient(runner, x, output) }),
  'gradient-x-input': async (runner, x, output) => ({
    map: await gradientTimesInput(runner, x, output),
  }),
  async integrated(runner, x, output, options) {
    const { attributions: map, ...completeness } = await integratedGradients(
      runner,
      x,
      output,
      options,
    );
    return { map, completeness };
  },
  async smooth(runner, x, output, { seed, ...options }) {
    const random = new Random(seed).fork('smooth');
    return { map: await smoothGradient(runner, x, output, { ...options, random }) };
  },
};
