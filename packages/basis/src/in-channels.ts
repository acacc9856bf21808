import type { Basis } from './basis.js';
import { formatShape, type ImageShape } from './image-shape.js';
import type { Relabellings } from './relabelling.js';

/**
 * Directions of whole images: those of one channel once in each of the first channels, channel by channel.
 * @param channels the number of channels, from the first on, that get their directions
 */
export function inChannels(basis: Basis, image: ImageShape, channels = image.channels): Basis {
  const { channels: own, height, width } = basis.shape;
  if (height !== image.height || width !== image.width || (own !== 1 && own !== image.channels))
    throw new Error(
      `${basis.name} has directions of ${formatShape(basis.shape)}, the images are ${formatShape(image)}`,
    );
  if (own === image.channels) return basis;
  const shape = { channels: image.channels, height, width };
  return {
    ...basis,
    size: basis.size * channels,
    shape,
    places: undefined,
    eigenvalues: undefined,
    visit(j, visit) {
      const offset = Math.floor(j / basis.size) * height * width;
      basis.visit(j % basis.size, (pixel, value) => visit(offset + pixel, value));
    },
    relabellings: basis.relabellings && repeated(basis.relabellings, basis.size, channels),
  };
}

/** The same relabelling in every channel. */
function repeated(plane: Relabellings, size: number, channels: number): Relabellings {
  const all = (per: Relabellings['flipRows']): Relabellings['flipRows'] =>
    per && {
      index: Uint32Array.from(
        { length: size * channels },
        (_, j) => per.index[j % size] + Math.floor(j / size) * size,
      ),
      sign: Int8Array.from({ length: size * channels }, (_, j) => per.sign[j % size]),
    };
  return {
    flipRows: all(plane.flipRows),
    flipColumns: all(plane.flipColumns),
    transposition: all(plane.transposition),
  };
}

/** A direction of one channel, used equally in all channels, of norm 1: [C·H·W]; one of whole images as it is. */
export function inAllChannels(
  vector: Float64Array,
  { channels, height, width }: ImageShape,
): Float64Array {
  if (vector.length !== height * width) return vector;
  const whole = new Float64Array(channels * vector.length);
  const one = vector.map(x => x / Math.sqrt(channels));
  for (let c = 0; c < channels; c++) whole.set(one, c * vector.length);
  return whole;
}
