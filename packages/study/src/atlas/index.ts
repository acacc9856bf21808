export {
  parseArchitectures,
  parseLeftOut,
  type Architecture,
  type LeftOut,
} from './architectures.js';
export type { Atlas, AtlasMember, AtlasOverlaps, KeptEstimate } from './atlas.js';
export { atlasFiles, decodeAtlas, encodeAtlas } from './atlas-codec.js';
export type { AtlasSummary, MemberSummary } from './atlas-summary.js';
export {
  gatherAtlas,
  type GatheredMember,
  type GatherEnvironment,
  type GatherSettings,
} from './gather-atlas.js';
export { atlasPage } from './atlas-page.js';
export { atlasPairs, ladderSteps, type LadderStep, type MemberPair } from './ladder-steps.js';
export { placeModel, type PlacedModel, type PlaceSettings } from './place-model.js';
export { placement, type PlacedNumber, type Placement } from './placement.js';
export { atlasJson, atlasText, placementText, placementWarnings } from './placement-text.js';
export type { NearSubspace, OverlapRanking } from './nearest-by-overlap.js';
export type { NearSpectrum } from './nearest-by-spectrum.js';
export { directionEnergies, spectralEnergy } from './spectral-energy.js';
