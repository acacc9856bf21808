export {
  saliency,
  type PictureSaliency,
  type Saliency,
  type SaliencyEnvironment,
  type SaliencySettings,
} from './saliency.js';
export type { Attributions, SaliencyMethod } from './attributions.js';
export type { Baseline, NamedImage } from './baseline.js';
export { pictureFiles, saliencyFiles, saliencyJson } from './saliency-files.js';
export {
  parseSaliencySummary,
  saliencySchema,
  saliencySummary,
  type SaliencySummary,
} from './saliency-summary.js';
export { saliencyText } from './saliency-text.js';
