import { OptionError } from '@nads/linalg';
import { scoreNames, type ScoreName } from '@nads/score';
import { requireWhole } from '../require-whole.js';
import type { StatedPreprocessing } from '../trained/index.js';
import { withDefaults } from '../with-defaults.js';

/** Settings of scores. */
export interface ScoreSettings {
  /** What the images are called in results; 'images' if not given. */
  readonly data?: string;
  /** Images that networks are scored on; 128 if not given. */
  readonly batch?: number;
  /** Whose statistics batch normalisation takes: the batch's, or those on file; 'training' if not given. */
  readonly batchNorm?: 'training' | 'evaluation';
  /** Scores to compute; all if not given. */
  readonly scores?: readonly ScoreName[];
  /** The file's weights or fresh ones; 'file' if not given. */
  readonly weights?: 'file' | 'fresh';
  /** Fresh networks that are scored; 1 if not given. */
  readonly repeats?: number;
  /** How fresh weights are drawn, as `parseInit` reads it; 'pytorch' if not given. */
  readonly init?: string;
  /** Seed of fresh weights; 0 if not given. */
  readonly seed?: number;
  /** Seed for choosing images, as many of each class as possible; the first ones if not given. */
  readonly sample?: number;
  /** Fresh networks for the effective rank of the spectrum of NADs, which is left out if not given. */
  readonly nads?: number;
  /** What is known of the preprocessing; the model's input comes last. */
  readonly preprocessing?: readonly StatedPreprocessing[];
}

type Defaults = Required<
  Pick<
    ScoreSettings,
    'data' | 'batch' | 'batchNorm' | 'scores' | 'weights' | 'repeats' | 'init' | 'seed'
  >
>;

const defaults: Defaults = {
  data: 'images',
  batch: 128,
  batchNorm: 'training',
  scores: scoreNames,
  weights: 'file',
  repeats: 1,
  init: 'pytorch',
  seed: 0,
};

/** Settings with those that were not given. */
export type AllScoreSettings = ScoreSettings & Defaults;

/** @throws OptionError for options that do not fit together. */
export function scoreSettings(given: ScoreSettings): AllScoreSettings {
  const settings = withDefaults(defaults, given);
  requireWhole({ batch: settings.batch, repeats: settings.repeats, nads: settings.nads });
  if (settings.batch < 2) throw new OptionError('batch', 'scores compare images; give at least 2');
  const unknown = settings.scores.find(score => !scoreNames.includes(score));
  if (unknown !== undefined)
    throw new OptionError(
      'scores',
      `unknown '${unknown}'; expected some of ${scoreNames.join(', ')}`,
    );
  if (settings.weights === 'file') requireFileOptions(given);
  return settings;
}

/** Fresh weights are drawn for NADs, too. @throws OptionError for options that nothing uses */
function requireFileOptions(given: ScoreSettings): void {
  const unused = (['repeats', 'init', 'seed'] as const).find(
    option => given[option] !== undefined && (option === 'repeats' || given.nads === undefined),
  );
  if (unused !== undefined)
    throw new OptionError(unused, "it applies to fresh weights only; set `weights` to 'fresh'");
}
