import { OptionError } from '@nads/linalg';
import { criteria, needsNoData, type Criterion } from '@nads/prune';
import type { BatchNorm } from '@nads/train';
import { requireWhole } from '../require-whole.js';
import type { StatedPreprocessing } from '../trained/index.js';
import type { NamedImages } from '../train/training-sets.js';
import type { WeightSettings } from '../trained/model-of-weights.js';
import { withDefaults } from '../with-defaults.js';

/** Settings of pruning; one of `remove`, `macs` and `until` is given. */
export interface PruneSettings extends WeightSettings {
  /** What the images are called in results; 'images' if not given. */
  readonly data?: string;
  /** Share of the channels that can go, above 0 and below 1. */
  readonly remove?: number;
  /** Share of the multiply–accumulates to save, above 0 and below 1. */
  readonly macs?: number;
  /** Mean cross-entropy on the images that the model may have at most. */
  readonly until?: number;
  /** What tells how much a channel matters; 'diagonal' for up to 100 classes, 'first-order' for more, 'magnitude' without images. */
  readonly criterion?: Criterion;
  /** Rounds of measuring and removing; 5 if not given. */
  readonly rounds?: number;
  /** Weight of the importance in earlier rounds, 0 to below 1; 0.9 if not given. */
  readonly momentum?: number;
  /** Channels of each group are left in multiples of this; 1 if not given. */
  readonly round?: number;
  /** Images in a minibatch; 32 if not given. */
  readonly batch?: number;
  /** Images to measure on, the first ones; 512 if not given. */
  readonly images?: number;
  /** Other images to measure loss and accuracy on; those of importance, or a tenth held out from training, if not given. */
  readonly validation?: NamedImages;
  /** Epochs of training after the last round; 0 if not given. */
  readonly fineTune?: number;
  /** Epochs of training between rounds; 0 if not given. */
  readonly between?: number;
  /** Of the first step of each training; 0.01 if not given. */
  readonly learningRate?: number;
  /** L2 penalty of training; 0 if not given. */
  readonly weightDecay?: number;
  /** Images in a step of training; 64 if not given. */
  readonly trainBatch?: number;
  /** Whose mean and variance batch normalisation takes in training; 'training' if not given. */
  readonly batchNorm?: BatchNorm;
  /** Seed of the random criterion, of fresh weights and of training; 0 if not given. */
  readonly seed?: number;
  readonly preprocessing?: readonly StatedPreprocessing[];
}

const defaults = {
  data: 'images',
  rounds: 5,
  momentum: 0.9,
  round: 1,
  batch: 32,
  images: 512,
  fineTune: 0,
  between: 0,
  seed: 0,
};

/** Settings with those that were not given, but for the criterion, which depends on the model. */
export type UnresolvedSettings = PruneSettings &
  typeof defaults & { readonly preprocessing: readonly StatedPreprocessing[] };

/** All settings. */
export type AllPruneSettings = UnresolvedSettings & { readonly criterion: Criterion };

/** @throws OptionError for options that do not fit together. */
export function pruneSettings(given: PruneSettings, hasData: boolean): UnresolvedSettings {
  const { criterion, preprocessing = [] } = given;
  const settings = { ...withDefaults(defaults, given), preprocessing };
  const { rounds, round, batch, images, momentum } = settings;
  requireWhole({ rounds, round, batch, images });
  if (criterion !== undefined && !criteria.includes(criterion))
    throw new OptionError(
      'criterion',
      `unknown '${criterion as string}'; expected one of ${criteria.join(', ')}`,
    );
  if (criterion !== undefined && !hasData && !needsNoData(criterion))
    throw new OptionError('criterion', `${criterion} needs images with labels; give \`data\``);
  if (!(momentum >= 0 && momentum < 1))
    throw new OptionError('momentum', `expected a number from 0 to below 1, got ${momentum}`);
  requireGoals(given, hasData);
  requireTraining(settings, hasData);
  return settings;
}

/** Whether something says how much is to be removed. */
export const hasGoal = ({
  remove,
  macs,
  until,
}: Pick<PruneSettings, 'remove' | 'macs' | 'until'>): boolean =>
  (remove ?? macs ?? until) !== undefined;

/** @throws OptionError where nothing says how much is to be removed. */
export function requireGoal(given: PruneSettings): void {
  if (!hasGoal(given))
    throw new OptionError('remove', 'say how much: give `remove`, `macs` or `until`');
}

const trainingOptions = ['learningRate', 'weightDecay', 'trainBatch', 'batchNorm'] as const;

function requireTraining(settings: UnresolvedSettings, hasData: boolean): void {
  const { fineTune, between } = settings;
  for (const [option, epochs] of Object.entries({ fineTune, between }))
    if (!(Number.isSafeInteger(epochs) && epochs >= 0))
      throw new OptionError(option, `expected a number of epochs, got ${epochs}`);
  if (fineTune + between > 0) {
    if (hasData) return;
    throw new OptionError('fineTune', 'training needs images with labels; give `data`');
  }
  const unused = trainingOptions.find(option => settings[option] !== undefined);
  if (unused !== undefined)
    throw new OptionError(unused, 'nothing is trained; give epochs of `fineTune` or `between`');
}

function requireGoals({ remove, macs, until }: PruneSettings, hasData: boolean): void {
  for (const [option, share] of Object.entries({ remove, macs }))
    if (share !== undefined && !(share > 0 && share < 1))
      throw new OptionError(option, `expected more than 0 and less than all, got ${share * 100}%`);
  if (until !== undefined && !hasData)
    throw new OptionError('until', 'a loss needs images with labels; give `data`');
  if ([remove, macs, until].filter(goal => goal !== undefined).length > 1)
    throw new OptionError('until', 'give one of `remove`, `macs` and `until`');
}
