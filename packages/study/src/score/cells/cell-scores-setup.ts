import type { LabelledImages } from '@nads/dataset';
import type { Identity } from '../../identity.js';
import { digest } from '../../source-model.js';
import { scoreBatch } from '../score-batch.js';
import type { AllScoreSettings } from '../score-settings.js';
import type { CellScoresSetup } from './cell-scores.js';
import { sizesOf } from './sizes-of.js';

/** What is handed to workers, and what is said of the images. */
export function cellScoresSetup(
  images: LabelledImages,
  settings: AllScoreSettings,
): { readonly setup: CellScoresSetup; readonly description: string } {
  const sizes = sizesOf(images, settings.preprocessing);
  const input = { ...sizes, name: 'x', layout: 'NCHW', reason: '', batch: undefined } as const;
  const { images: data, labels, description } = scoreBatch(images, input, settings);
  const { batch, batchNorm, scores, repeats, init, seed } = settings;
  const options = { batch, batchNorm, scores, repeats, init, seed, sizes };
  const setup = { ...options, images: data, labels: labels && Int32Array.from(labels) };
  return { setup, description };
}

/** All that decides scores; the images by what they are after preprocessing. */
export const cellScoresIdentity = (
  settings: AllScoreSettings,
  { images, labels, sizes }: CellScoresSetup,
): Identity => ({
  data: settings.data,
  images: digest(new Uint8Array(images.buffer, images.byteOffset, images.byteLength)),
  labels: labels ? digest(new Uint8Array(labels.buffer)) : null,
  classes: sizes.classes,
  batch: settings.batch,
  batchNorm: settings.batchNorm,
  scores: settings.scores.join(),
  repeats: settings.repeats,
  init: settings.init,
  seed: settings.seed,
});
