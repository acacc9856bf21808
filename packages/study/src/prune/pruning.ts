import { batchDims, imageInput, flatModel, type Model } from '@nads/onnx';
import type { LabelledImages } from '@nads/dataset';
import { supportedModel } from '@nads/probe';
import { analysedNetwork, channelGroups, type AnalysedNetwork, type Channels } from '@nads/prune';
import type { Values } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { dividedImages, type FinetuneImages } from '../finetune/finetune-sets.js';
import type { SourceModel } from '../source-model.js';
import { imageOptions } from '../trained/trained-model.js';
import { modelOfWeights } from '../trained/model-of-weights.js';
import { requireSeparateImages } from '../trained/require-separate-images.js';
import { pruneData, validationData, type PruneData } from './prune-data.js';
import type { AllPruneSettings, UnresolvedSettings } from './prune-settings.js';
import { someImages } from './some-images.js';
import { usualCriterion } from './usual-criterion.js';

/** What is known of a pruning before it begins. */
export interface Pruning {
  readonly source: SourceModel;
  readonly settings: AllPruneSettings;
  readonly environment: Environment;
  /** Of the model as it is. */
  readonly original: Channels;
  /** Images to train with and others to validate on, where there are any. */
  readonly images?: FinetuneImages;
  /** What importance is measured on. */
  readonly data?: PruneData;
  /** What loss and accuracy are measured on; the same where there is nothing else. */
  readonly validation?: PruneData;
  /** What removed and zeroed are compared on. */
  readonly feeds: Values;
}

/**
 * Reads a model's channels and prepares its images.
 * @throws where it cannot be pruned, or images do not fit
 */
export async function openPruning(
  source: SourceModel,
  images: LabelledImages | undefined,
  settings: UnresolvedSettings,
  environment: Environment,
): Promise<Pruning> {
  const model = flatModel(modelOfWeights(source.model, settings));
  supportedModel(model);
  const original = channelsOf(model, settings);
  const analysed = analysedOf(original, settings);
  await requireSeparate(analysed, environment);
  const { image, fixedBatch } = analysed;
  const parts = images && partsOf(images, settings);
  const data = parts && pruneData(parts.train.images, image, settings, fixedBatch);
  const criterion = settings.criterion ?? usualCriterion(original, data !== undefined);
  return {
    source,
    settings: { ...settings, criterion },
    environment,
    original,
    images: parts,
    data,
    validation: validationData(parts?.validation, image, settings, fixedBatch) ?? data,
    feeds: {
      [image.name]: someImages(imageInput(model, imageOptions(settings.preprocessing)), data),
    },
  };
}

/** The channels of a network. */
export function channelsOf(model: Model, { preprocessing }: UnresolvedSettings): Channels {
  const image = imageInput(model, imageOptions(preprocessing));
  return channelGroups(model, { [image.name]: batchDims(image, image.batch ?? 1) });
}

/** A network as its derivatives need it. */
export const analysedOf = (
  channels: Channels,
  { preprocessing }: UnresolvedSettings,
): AnalysedNetwork => analysedNetwork(channels, imageOptions(preprocessing));

const requireSeparate = (
  { network, image, output, fixedBatch }: AnalysedNetwork,
  { runtime }: Environment,
): Promise<void> => requireSeparateImages(network, image, output, runtime, fixedBatch);

/** Images to measure and to train with, and others to validate on: some are held out where the model is trained. */
function partsOf(images: LabelledImages, settings: UnresolvedSettings): FinetuneImages {
  const { data, validation, fineTune, between, seed } = settings;
  const given = { train: { name: data, images }, validation };
  return fineTune + between === 0 ? given : dividedImages(given, heldOut, seed);
}

/** Share of the images that accuracy is measured on where others are trained with. */
const heldOut = 0.1;
