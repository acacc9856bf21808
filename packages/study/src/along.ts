import { directionAt, formatShape, inAllChannels, type Address, type Basis } from '@nads/basis';
import type { ImageShape } from '@nads/basis';
import { OptionError } from '@nads/linalg';

/** Numbers that an image has at most. */
const mostNumbers = 2 ** 28;

/**
 * The shape of images along directions of a basis.
 * @param channels as many as the basis's directions have if not given; those of one channel are used equally in all channels
 * @throws OptionError where directions of whole images have other channels, or there are too many
 */
export function shapeAlong(basis: Basis, channels = basis.shape.channels): ImageShape {
  const { channels: own, height, width } = basis.shape;
  if (own !== 1 && own !== channels)
    throw new OptionError(
      'channels',
      `${channels}, but ${basis.name} has directions of ${formatShape(basis.shape)}`,
    );
  if (channels * height * width > mostNumbers)
    throw new OptionError(
      'channels',
      `${channels} of ${height}×${width} pixels are more than ${mostNumbers} numbers; give fewer, or a smaller \`size\``,
    );
  return { channels, height, width };
}

/** The direction of images that an address names: [C·H·W], of norm 1. */
export const directionAlong = (basis: Basis, address: Address, shape: ImageShape): Float64Array =>
  inAllChannels(directionAt(basis, address), shape);
