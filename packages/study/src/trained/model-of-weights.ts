import { OptionError, Random } from '@nads/linalg';
import { flatModel, parseInit, withFreshWeights, type Model } from '@nads/onnx';

/** Whose weights a study takes. */
export interface WeightSettings {
  /** The file's weights or fresh ones; 'file' if not given. */
  readonly weights?: 'file' | 'fresh';
  /** How fresh weights are drawn, as `parseInit` reads it; 'pytorch' if not given. */
  readonly init?: string;
  readonly seed?: number;
}

/** The model with its own weights, or with fresh ones. @throws OptionError for an `init` that nothing uses */
export function modelOfWeights(
  model: Model,
  { weights = 'file', init, seed = 0 }: WeightSettings,
): Model {
  if (weights === 'fresh')
    return withFreshWeights(
      flatModel(model),
      parseInit(init ?? 'pytorch'),
      new Random(seed).fork('network').fork(0),
    );
  if (init === undefined) return model;
  throw new OptionError('init', "it applies to fresh weights only; set `weights` to 'fresh'");
}
