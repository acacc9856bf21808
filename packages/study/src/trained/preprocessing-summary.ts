import type { TrainedModel } from './trained-model.js';

/** What JSON files say of the preprocessing of images. */
export const preprocessingSummary = ({
  preprocessing,
  description,
}: Pick<TrainedModel, 'preprocessing' | 'description'>): { description: string } => ({
  ...preprocessing,
  description,
});
