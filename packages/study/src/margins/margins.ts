import { formatShape, parseBasis, type Basis, type ImageShape } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { digestOfDirections } from '../digest-of-directions.js';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { requireAtMost } from '../require-at-most.js';
import { requireWhole } from '../require-whole.js';
import type { SourceModel } from '../source-model.js';
import { chosenImages } from '../trained/chosen-images.js';
import { requireClasses } from '../trained/require-classes.js';
import { openTrained, type TrainedModel, type TrainedOptions } from '../trained/trained-model.js';
import { withDefaults } from '../with-defaults.js';
import { blocksOf, type Block } from './blocks.js';
import { MarginsJournal } from './margins-journal.js';
import { measureMargins, type MeasuredMargins } from './measure-margins.js';

/** Settings of margins. */
export interface MarginsSettings extends TrainedOptions {
  /** What the images are called in results; 'images' if not given. */
  readonly data?: string;
  /** Maximum number of images, balanced over classes; 64 if not given. */
  readonly images?: number;
  /** Seed for choosing images; 0 if not given. */
  readonly seed?: number;
  /** Directions of the model's images, or what `parseBasis` reads without a file; 'dct' if not given. */
  readonly basis?: Basis | string;
  /** Directions in a block; 16 if not given. */
  readonly block?: number;
  /** Which blocks, as in '0,5' or '0-63:4'; all if not given. */
  readonly blocks?: string;
  /** Number of most likely classes considered, including the image's own; 10 if not given. */
  readonly classes?: number;
  /** Relative overshoot of a perturbation; .02 if not given. */
  readonly overshoot?: number;
  /** Maximum number of steps of a search; 100 if not given. */
  readonly iterations?: number;
  /** Continue from the journal that an earlier run left in the store. */
  readonly resume?: boolean;
}

type Defaults = Required<Omit<MarginsSettings, 'batch' | 'blocks' | 'preprocessing' | 'resume'>>;

const defaults: Defaults = {
  data: 'images',
  images: 64,
  seed: 0,
  basis: 'dct',
  block: 16,
  classes: 10,
  overshoot: 0.02,
  iterations: 100,
  of: 'logits',
};

/** What will be done. */
export interface MarginsPlan {
  readonly trained: TrainedModel;
  readonly basis: Basis;
  readonly blocks: readonly Block[];
  /** The images that were chosen. */
  readonly chosen: LabelledImages;
}

/** Distances to decision boundaries within blocks of a basis. */
export interface Margins extends MarginsPlan, MeasuredMargins {
  readonly source: SourceModel;
  readonly settings: MarginsSettings & Defaults;
  /** By block. */
  readonly margins: readonly BlockMargins[];
  /** Of the runtime. */
  readonly runtime: string;
}

/** Margins within one block of a basis. */
export interface BlockMargins extends Pick<Block, 'first' | 'index' | 'last'> {
  /** Of each image; infinite if none was found. */
  readonly norms: readonly number[];
  /** E‖P ∇f‖², P the projection onto the block. */
  readonly energy: number;
}

/** How it is monitored and stopped. */
export interface MarginsEnvironment extends Environment {
  readonly onPlan?: (plan: MarginsPlan) => void;
}

/**
 * The smallest perturbations found that change a trained model's decisions, within each block of a basis: DeepFool in
 * subspaces, as `subspaceMargins` does it; norms by pixel from 0, black, to 1. Where its signal is aborted, those of the
 * images that are done. What is done is kept in the store's margins.jsonl, from which `resume` continues.
 * @throws the signal's reason where it is aborted before the first images are done; OptionError for options that do not
 * fit; an error where the model cannot be differentiated, has one output only, or fewer than the images have classes
 */
export async function margins(
  source: SourceModel,
  images: LabelledImages,
  given: MarginsSettings,
  environment: MarginsEnvironment,
): Promise<Margins> {
  const { runtime, pool, store, signal, onPlan, onProgress } = environment;
  const settings = withDefaults(defaults, given);
  const { classes, overshoot, iterations } = settings;
  requireWhole({ images: settings.images, classes, iterations });
  if (classes < 2) throw new OptionError('classes', 'at least two classes are needed');
  const trained = await openTrained(source, settings, runtime);
  const { outputs } = trained.runner;
  requireClasses(images, settings.data, source.name, outputs);
  requireAtMost('classes', classes, { most: outputs, what: 'outputs', usual: defaults.classes });
  const basis = fittingBasis(settings.basis, trained.image);
  const blocks = blocksOf(basis, settings);
  const chosen = chosenImages(images, settings.images, settings.seed);
  await store?.ready();
  const plan = { trained, basis, blocks, chosen };
  onPlan?.(plan);
  const identity = journalIdentity(source, plan, settings);
  const journal = await MarginsJournal.open(store, identity, settings.resume);
  const measuring = { classes, overshoot, iterations, journal, pool, signal, onProgress };
  const measured = await measureMargins(trained, chosen, blocks, measuring);
  if (measured.images === 0) signal?.throwIfAborted();
  const byBlock = blockMargins(blocks, measured);
  return { source, settings, ...plan, ...measured, margins: byBlock, runtime: runtime.name };
}

/** All that a margin depends on, beside the images. */
function journalIdentity(
  { sha256, output }: SourceModel,
  { trained, basis, blocks, chosen }: MarginsPlan,
  { batch, ...settings }: Margins['settings'],
): Identity {
  const { of, classes, overshoot, iterations, block } = settings;
  return {
    model: sha256,
    ...(output !== undefined && { output }),
    of,
    preprocessing: JSON.stringify(trained.preprocessing),
    images: chosen.count,
    basis: basis.name,
    ...digestOfDirections(basis),
    block,
    blocks: blocks.map(({ index }) => index).join(','),
    classes,
    overshoot,
    iterations,
    ...(batch !== undefined && { batch }),
  };
}

/** Directions of whole images of a model, or of one channel. */
function fittingBasis(basis: Basis | string, image: ImageShape): Basis {
  if (typeof basis === 'string') return parseBasis(basis, image);
  const { channels, height, width } = basis.shape;
  if (height === image.height && width === image.width && [1, image.channels].includes(channels))
    return basis;
  throw new OptionError(
    'basis',
    `${basis.name} has directions of ${formatShape(basis.shape)}, the model takes ${formatShape(image)}`,
  );
}

const blockMargins = (
  blocks: readonly Block[],
  { images, found, energy }: MeasuredMargins,
): BlockMargins[] =>
  blocks.map(({ index, first, last }, b) => ({
    index,
    first,
    last,
    norms: Array.from({ length: images }, (_, i) => found[i * blocks.length + b].norm),
    energy: energy[b],
  }));
