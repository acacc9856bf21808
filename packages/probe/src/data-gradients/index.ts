export type { GradientCovariance, Products, Spectrum } from './covariance.js';
export { gradientCovariance } from './gradient-covariance.js';
export { subspaceAngles, subspaceShares, type SubspaceShare } from './subspace-shares.js';
export { inEveryChannel } from './in-every-channel.js';
export { imageEnergy } from './image-energy.js';
export { radialProfile, type RadialProfile } from './radial-profile.js';
