export {
  margins,
  type BlockMargins,
  type Margins,
  type MarginsEnvironment,
  type MarginsPlan,
  type MarginsSettings,
} from './margins.js';
export type { Block } from './blocks.js';
export { marginsFiles } from './margins-files.js';
export { blockSeries, marginAxes, marginsPicture } from './margins-picture.js';
export {
  marginsSchema,
  marginsSummary,
  parseMarginsSummary,
  type MarginsSummary,
} from './margins-summary.js';
export { writeMargins } from './write-margins.js';
