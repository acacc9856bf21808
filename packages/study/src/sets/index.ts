export { pixelSet, type PixelPart, type PixelSet, type PixelSettings } from './pixel-set.js';
export type { Change } from './change-record.js';
export type { SetEnvironment } from './changed-set.js';
export {
  carrierChoice,
  decodeCarriers,
  encodeCarriers,
  type CarrierChoice,
} from './carriers-codec.js';
export { poison, type Poisoned, type PoisonSettings } from './poison.js';
export { flip, type FlipEnvironment, type Flipped } from './flip.js';
export { parseOrder } from './parse-order.js';
export { decompose, type Decomposed } from './decompose.js';
export { decomposeFiles } from './decompose-files.js';
export { encodeSyntheticSet, synth, type SynthSettings, type SyntheticSet } from './synth.js';
export { describeChange } from './describe-change.js';
