import { effectiveRank } from '@nads/linalg';
import type { Environment } from '../environment.js';
import { estimate } from '../estimate/index.js';
import type { SourceModel } from '../source-model.js';
import { imageOptions } from '../trained/trained-model.js';
import type { AllScoreSettings } from './score-settings.js';

/** The effective rank of the eigenvalues of a model's NADs, over so many networks with fresh weights. */
export async function nadsRank(
  source: SourceModel,
  networks: number,
  { seed, init, preprocessing = [] }: AllScoreSettings,
  { runtime, pool, signal, memory, onProgress }: Environment,
): Promise<number> {
  const settings = { networks, seed, init, ...imageOptions(preprocessing) };
  const watch = { runtime, pool, signal, memory, onProgress };
  const { directions } = await estimate(source, settings, watch);
  signal?.throwIfAborted();
  return effectiveRank(directions.eigenvalues);
}
