import { OptionError } from '@nads/linalg';
import type { BatchNorm } from '@nads/train';
import { requireWhole } from '../require-whole.js';
import type { Identity } from '../identity.js';
import type { SourceModel } from '../source-model.js';
import type { StatedPreprocessing } from '../trained/index.js';
import { withDefaults } from '../with-defaults.js';

/** Settings of fine-tuning. */
export interface FinetuneSettings {
  /** Of the first step, at least 0; 0.01 if not given. 0 changes nothing, averages of normalisations included. */
  readonly learningRate?: number;
  /** How it changes from step to step; `cosine`, down to 0, if not given. */
  readonly schedule?: 'constant' | 'cosine';
  /** Of SGD, from 0 up to 1; 0.9 if not given. */
  readonly momentum?: number;
  /** L2 penalty: this times the weights is added to the gradients; 0 if not given. */
  readonly weightDecay?: number;
  /** Global gradient norm to clip to. */
  readonly clip?: number;
  /** Passes over the training images; 5 if not given. */
  readonly epochs?: number;
  /** Images in a step; 64 if not given. */
  readonly batch?: number;
  /** Share of the images that is held out, above 0 and below 1, or false for none; 0.1 if not given. */
  readonly validation?: number | false;
  /** Weights that are kept: the best ones on the images held out (the usual ones where there are such), or the last. */
  readonly keep?: 'best' | 'last';
  /** Whose mean and variance batch normalisation takes: those of the batch, averaged on the way, or those on file. */
  readonly batchNorm?: BatchNorm;
  /** Of the order of images, of those held out, and of dropout; 0 if not given. */
  readonly seed?: number;
  /** Of onnxruntime. */
  readonly threads?: number;
  /** Continue from the checkpoint in the store. */
  readonly resume?: boolean;
  readonly preprocessing?: readonly StatedPreprocessing[];
}

type Defaults = Required<Omit<FinetuneSettings, 'clip' | 'keep' | 'threads' | 'resume'>>;

const defaults: Defaults = {
  learningRate: 0.01,
  schedule: 'cosine',
  momentum: 0.9,
  weightDecay: 0,
  epochs: 5,
  batch: 64,
  validation: 0.1,
  batchNorm: 'training',
  seed: 0,
  preprocessing: [],
};

/** All settings. */
export type ChosenFinetuneSettings = FinetuneSettings &
  Defaults &
  Required<Pick<FinetuneSettings, 'keep'>>;

/**
 * Settings with defaults filled in.
 * @param hasOthers whether there are other images to validate on, so that none are held out
 * @throws OptionError for options that cannot be, or do not fit together
 */
export function finetuneSettings(
  given: FinetuneSettings,
  hasOthers: boolean,
): ChosenFinetuneSettings {
  const base: FinetuneSettings = hasOthers ? { ...given, validation: false } : given;
  const settings = withDefaults(defaults, base);
  const isValidated = hasOthers || settings.validation !== false;
  const { learningRate, momentum, epochs, batch, validation, keep } = settings;
  requireWhole({ epochs, batch });
  requireFrom0({ learningRate, weightDecay: settings.weightDecay });
  if (!(momentum >= 0 && momentum < 1))
    throw new OptionError('momentum', `expected a number from 0 to below 1, got ${momentum}`);
  if (validation !== false && !(validation > 0 && validation < 1))
    throw new OptionError('validation', `expected a share between 0 and 1, got ${validation}`);
  if (keep === 'best' && !isValidated)
    throw new OptionError(
      'keep',
      'the best weights are those on `validation` images; hold some out',
    );
  const batchNorm = learningRate === 0 ? 'evaluation' : settings.batchNorm;
  return { ...settings, batchNorm, keep: keep ?? (isValidated ? 'best' : 'last') };
}

function requireFrom0(values: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(values))
    if (!(value >= 0 && Number.isFinite(value)))
      throw new OptionError(option, `expected a number of at least 0, got ${value}`);
}

/** All that the weights depend on, beside the images. */
export function identityOf(source: SourceModel, chosen: ChosenFinetuneSettings): Identity {
  const { learningRate, schedule, momentum, weightDecay, clip, epochs, batch } = chosen;
  const { validation, keep, batchNorm, seed } = chosen;
  return {
    model: source.name.replace(/^.*[/\\]/, ''),
    sha256: source.sha256,
    optimizer: 'sgd',
    schedule,
    rate: learningRate,
    momentum,
    weightDecay,
    ...(clip !== undefined && { clip }),
    epochs,
    batch,
    validation,
    keep,
    batchNorm,
    seed,
  };
}
