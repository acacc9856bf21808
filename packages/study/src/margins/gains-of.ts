import type { TrainedModel } from '../trained/trained-model.js';

/** What a pixel's change by 1 of black to white is at the model's input. */
export function gainsOf({ image, preprocessing: { range, std } }: TrainedModel): number[] {
  const contrast = range === 'stored' ? 1 : range[1] - range[0];
  return Array.from({ length: image.channels }, (_, c) => contrast / (std[c] ?? std[0]));
}
