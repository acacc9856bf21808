import { pixelsOf } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { EstimateOptions, Products } from '@nads/probe';
import { gramProduct, matrixProduct } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { Goal, type GoalOptions } from '../estimate/goal.js';
import { planEstimate } from '../estimate/plan-estimate.js';
import { about } from '../named-error.js';
import { requireAtMost } from '../require-at-most.js';
import { requireWhole } from '../require-whole.js';
import type { SourceModel } from '../source-model.js';
import { chosenImages } from '../trained/chosen-images.js';
import { requireClasses } from '../trained/require-classes.js';
import { openTrained, type TrainedModel, type TrainedOptions } from '../trained/trained-model.js';
import { withDefaults } from '../with-defaults.js';
import { analysisNumbers, type AnalysisNumbers } from './analysis-numbers.js';
import {
  knownDirections,
  nadsOfBasis,
  requireSameModel,
  type ComparedNads,
  type NamedRows,
} from './compared-nads.js';
import { gradientsOfData, type DataGradients } from './data-gradients.js';
import { estimatedNads } from './estimated-nads.js';

/** How NADs are estimated to compare with. */
export interface ComparisonEstimate
  extends Omit<EstimateOptions, 'layout' | 'seed' | 'size'>, GoalOptions {}

/** Settings of an analysis of data gradients. */
export interface AnalyzeSettings extends TrainedOptions {
  /** What the images are called in results; 'images' if not given. */
  readonly data?: string;
  /** Maximum number of images, balanced over classes; 1000 if not given. */
  readonly images?: number;
  /** Leading eigenvectors that are found and compared; 100 if not given. */
  readonly top?: number;
  /** Class whose logit is differentiated; by default the true class if there are labels. */
  readonly class?: 'true' | 'predicted';
  /** Seed for choosing images and drawing networks; 0 if not given. */
  readonly seed?: number;
  /** Directions to compare with, such as an earlier estimate's, or 'none'; NADs are estimated if not given. */
  readonly nads?: NamedRows | 'none';
  /** Compares with given NADs of another model file, such as one of the same architecture. */
  readonly otherModel?: boolean;
  /** How they are estimated; from 8 networks by default. */
  readonly estimate?: ComparisonEstimate;
}

/** What an analysis will do. */
export interface AnalysisPlan {
  readonly trained: TrainedModel;
  /** Images that were chosen. */
  readonly images: number;
  /** What was done to given directions to make them orthonormal, if anything. */
  readonly note?: string;
}

/** How an analysis is monitored and stopped. */
export interface AnalyzeEnvironment extends Environment {
  readonly onPlan?: (plan: AnalysisPlan) => void;
}

/** Data gradients of a trained model, compared with the NADs of its architecture. */
export interface Analysis {
  readonly source: SourceModel;
  readonly trained: TrainedModel;
  readonly settings: SettledAnalysis;
  /** The images that were given. */
  readonly images: LabelledImages;
  /** How many of them were chosen; fewer were analysed where the signal was aborted. */
  readonly chosen: number;
  readonly gradients: DataGradients;
  readonly nads?: ComparedNads;
  readonly numbers: AnalysisNumbers;
  /** Of the runtime. */
  readonly runtime: string;
}

type Defaults = Required<Pick<AnalyzeSettings, 'data' | 'images' | 'of' | 'seed' | 'top'>>;

/** Settings with their defaults. */
type SettledAnalysis = AnalyzeSettings & Defaults & Required<Pick<AnalyzeSettings, 'class'>>;

/**
 * Covariance of a trained model's gradients at images, overall and per class, and how its leading eigenvectors relate to
 * the NADs of the architecture. Where its signal is aborted, that of the images that are done by then, compared with the
 * NADs of the networks that are done.
 * @throws the signal's reason where it is aborted before the first images are done; OptionError for options that do not
 * fit; an error where the model cannot be differentiated
 */
export async function analyze(
  source: SourceModel,
  images: LabelledImages,
  given: AnalyzeSettings,
  environment: AnalyzeEnvironment,
): Promise<Analysis> {
  const { runtime, store, signal, onPlan, onProgress } = environment;
  const settings = completed(given, images);
  const { top, seed } = settings;
  const trained = await openTrained(source, settings, runtime);
  const most = pixelsOf(trained.image);
  requireAtMost('top', top, { most, what: 'directions', usual: defaults.top });
  requireLabels(images, settings);
  requireClasses(images, settings.data, source.name, trained.runner.outputs);
  const set = chosenImages(images, settings.images, seed);
  const products = { multiply: await matrixProduct(runtime), gram: await gramProduct(runtime) };
  const comparison = await planComparison(source, trained, settings, environment, products);
  await store?.ready();
  onPlan?.({ trained, images: set.count, note: comparison.note });
  const watched = { signal, onProgress };
  const gradients = await about(source.name, () =>
    gradientsOfData(trained, set, { which: settings.class, products, ...watched }),
  );
  if (gradients.images === 0) signal?.throwIfAborted();
  const nads = await comparison.nads();
  const numbers = await about(source.name, () =>
    analysisNumbers(gradients, nads, trained.image, top, onProgress),
  );
  const found = { gradients, nads, numbers, chosen: set.count };
  return { source, trained, settings, images, ...found, runtime: runtime.name };
}

const defaults: Defaults = { images: 1000, top: 100, seed: 0, of: 'logits', data: 'images' };

function completed(given: AnalyzeSettings, images: LabelledImages): SettledAnalysis {
  const settings = withDefaults(defaults, given);
  requireWhole({ top: settings.top, images: settings.images });
  return { ...settings, class: given.class ?? (images.labels ? 'true' : 'predicted') };
}

function requireLabels({ labels }: LabelledImages, { data, class: which }: SettledAnalysis): void {
  if (which === 'true' && !labels)
    throw new OptionError(
      'class',
      `${data} has no labels, so true classes are unknown; set predicted`,
    );
}

/** How NADs will be had. */
interface PlannedComparison {
  readonly note?: string;
  readonly nads: () => Promise<ComparedNads | undefined>;
}

/** What can go wrong with NADs does so before the work on images begins. */
async function planComparison(
  source: SourceModel,
  { image }: TrainedModel,
  { nads, seed, estimate, otherModel }: SettledAnalysis,
  environment: Environment,
  { multiply }: Pick<Required<Products>, 'multiply'>,
): Promise<PlannedComparison> {
  if (nads && estimate)
    throw new OptionError(
      'nads',
      'no NADs are estimated when they are given; leave out `estimate`',
    );
  if (nads === 'none') return { nads: async () => undefined };
  if (nads) {
    if (!otherModel) requireSameModel(nads, source);
    const basis = knownDirections(nads, image);
    return {
      note: basis.note,
      nads: async () => nadsOfBasis(basis, image, nads.summary?.directions.probed),
    };
  }
  const size = [image.height, image.width] as const;
  const options = { ...estimate, layout: image.layout, size, seed };
  const plan = await planEstimate(source, options, environment);
  const goal = new Goal(plan.probe, withNetworks(estimate ?? {}), multiply);
  return { nads: () => estimatedNads(source, plan, goal, environment, multiply) };
}

/** Number of networks that NADs are estimated from by default. */
const usualNetworks = 8;

const withNetworks = (goal: GoalOptions): GoalOptions =>
  goal.networks === undefined && goal.until === undefined
    ? { ...goal, networks: usualNetworks }
    : goal;
