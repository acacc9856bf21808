import type { ImageShape } from '@nads/basis';
import { OptionError } from '@nads/linalg';
import type { Baseline } from '../saliency/baseline.js';
import { readImages } from './read-array.js';

/**
 * The baseline of integrated gradients: zero, mean, or a .npy file of one image. @throws one line that names option or file
 */
export function readBaseline(name: string, shape: ImageShape): Baseline {
  if (name === 'zero' || name === 'mean') return name;
  if (!name.endsWith('.npy'))
    throw new OptionError('baseline', `'${name}' is not zero, mean, or a .npy file`);
  const images = readImages(name, shape);
  if (images.length === 1) return { name, image: images[0] };
  throw new Error(`${name}: holds ${images.length} images, a baseline is one image`);
}
