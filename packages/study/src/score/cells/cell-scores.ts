import { Random } from '@nads/linalg';
import { parseInit, withFreshWeights } from '@nads/onnx';
import { service, type ServiceContext } from '@nads/runtime';
import { scoreNetwork, type NetworkScores, type ScoreName } from '@nads/score';
import { cellNetwork, parseCell, someBackend, toOnnx, type Sizes } from '@nads/train';
import { scoreEstimate } from '../score-estimate.js';
import type { AllScoreSettings } from '../score-settings.js';

/** What all cells are scored with. */
export interface CellScoresSetup extends Pick<
  AllScoreSettings,
  'batch' | 'batchNorm' | 'scores' | 'repeats' | 'init' | 'seed'
> {
  readonly images: Float32Array;
  readonly labels?: Int32Array;
  readonly sizes: Sizes;
}

/** Mean scores of the networks of a cell, and standard errors where there are several; what does not exist is left out. */
export type CellScores = Readonly<
  Partial<Record<ScoreName, { readonly mean: number; readonly standardError: number }>>
>;

/** What scores the networks around cells, in sessions of one thread. */
export async function cellScorer(
  setup: CellScoresSetup,
  { runtime, signal }: Pick<ServiceContext, 'runtime'> & Partial<ServiceContext>,
): Promise<(cell: string) => Promise<CellScores>> {
  await someBackend();
  const { images, labels, sizes, repeats, init, seed, ...options } = setup;
  return async cell => {
    const layers = cellNetwork(parseCell(cell)).build(sizes, true);
    const model = toOnnx(layers);
    layers.dispose();
    const random = new Random(seed).fork('network');
    const found: NetworkScores[] = [];
    for (let i = 0; i < repeats; i++) {
      const network = withFreshWeights(model, parseInit(init), random.fork(i));
      const how = { ...options, threads: 1, signal };
      found.push(await scoreNetwork(network, { images, labels }, how, runtime));
    }
    return meansOf(found, options.scores);
  };
}

/** The same for pools. */
export const cellScores = service<CellScoresSetup, string, CellScores>(async () => ({
  prepare: cellScorer,
}));

function meansOf(found: readonly NetworkScores[], scores: readonly ScoreName[]): CellScores {
  const known = scores.filter(name => found.every(({ values }) => values[name] !== undefined));
  return Object.fromEntries(
    known.map(name => {
      const { mean, standardError } = scoreEstimate(found.map(({ values }) => values[name]!));
      return [name, { mean, standardError }];
    }),
  );
}
