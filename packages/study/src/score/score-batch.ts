import { balancedSample, subset, type LabelledImages } from '@nads/dataset';
import { OptionError, Random } from '@nads/linalg';
import type { ImageInput } from '@nads/onnx';
import { needLabels, type ScoredBatch } from '@nads/score';
import { choosePreprocessing, preprocessingOfInput } from '../trained/choose-preprocessing.js';
import { prepareImages } from '../trained/trained-model.js';
import type { AllScoreSettings } from './score-settings.js';

/** The images that networks are scored on. */
export interface PreparedBatch extends ScoredBatch {
  /** The preprocessing in one line, and where its parts come from. */
  readonly description: string;
  /** What messages call an image of the batch. */
  readonly nameOf: (index: number) => string;
}

/**
 * The images of a set that networks are scored on, as a model takes them.
 * @throws OptionError where there are too few images, or no labels and they are needed
 */
export function scoreBatch(
  images: LabelledImages,
  image: ImageInput,
  settings: AllScoreSettings,
): PreparedBatch {
  const { batch, data, scores, preprocessing: stated = [] } = settings;
  if (images.count < batch)
    throw new OptionError(
      'batch',
      `${data} has ${images.count} images, fewer than a batch of ${batch}; give at most ${images.count}`,
    );
  const unlabelled = needLabels(scores);
  if (!images.labels && unlabelled.length > 0)
    throw new OptionError(
      'data',
      `${data} has no labels, which ${unlabelled.join(', ')} need; choose other \`scores\``,
    );
  const chosen = chosenOf(images, settings);
  const named = choosePreprocessing([...stated, preprocessingOfInput(image)]);
  const preprocessing = { ...named.preprocessing, layout: 'NCHW' as const };
  const pictures = Array.from({ length: batch }, (_, i) => chosen.image(i));
  return {
    images: prepareImages({ image, preprocessing }, pictures, i => chosen.nameOf(i)),
    labels: chosen.labels,
    description: named.description,
    nameOf: i => chosen.nameOf(i),
  };
}

const chosenOf = (images: LabelledImages, { batch, sample }: AllScoreSettings): LabelledImages =>
  sample === undefined
    ? subset(
        images,
        Array.from({ length: batch }, (_, i) => i),
      )
    : balancedSample(images, batch, new Random(sample).fork('images'));
