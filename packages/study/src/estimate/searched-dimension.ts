import type { NadsSummary } from './nads-summary.js';

/** Dimension of the space that directions were sought in, in all channels: that of all images only where the basis spans them. */
export const searchedDimension = ({ directions, channels, image }: NadsSummary): number =>
  directions.probed * (channels?.exchangeable ? image.channels : 1);
