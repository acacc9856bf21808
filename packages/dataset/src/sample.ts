import type { Random } from '@nads/linalg';
import type { LabelledImages } from './labelled-images.js';
import { subset } from './subset.js';

/**
 * `count` images drawn without replacement, in the order of the set.
 * The same random stream draws the same ones.
 * @throws if there are fewer
 */
export function sample(images: LabelledImages, count: number, random: Random): LabelledImages {
  requireEnough(images.count, count);
  const drawn = random.permutation(images.count).subarray(0, count);
  return subset(images, drawn.toSorted());
}

function requireEnough(found: number, wanted: number): void {
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new Error(`sample: ${wanted} images requested; give a positive integer`);
  if (found < wanted)
    throw new Error(`sample: the set has ${found} images, ${wanted} requested; ask for fewer`);
}
