import type { Random } from '@nads/linalg';
import { classCount, className } from './class-name.js';
import type { LabelledImages } from './labelled-images.js';
import { subset } from './subset.js';

/**
 * `count` images drawn without replacement, in the order of the set.
 * The same random stream draws the same ones.
 * @throws if there are fewer
 */
export function sample(images: LabelledImages, count: number, random: Random): LabelledImages {
  requireEnough('the set', images.count, count);
  return subset(images, chosen([...Array(images.count).keys()], count, random));
}

/**
 * `count` images of every class drawn without replacement, in the order of the set. What is drawn of
 * one class does not depend on the others.
 * @throws if a class has fewer, or the set has no labels
 */
export function samplePerClass(
  images: LabelledImages,
  count: number,
  random: Random,
): LabelledImages {
  const { labels } = images;
  if (!labels) throw new Error('sample: the images have no labels; draw without classes');
  const members = Array.from({ length: classCount(images) }, (): number[] => []);
  labels.forEach((label, index) => members[label].push(index));
  const drawn = members.flatMap((indices, label) => {
    requireEnough(`class '${className(images, label)}'`, indices.length, count);
    return chosen(indices, count, random.fork(label));
  });
  return subset(
    images,
    drawn.toSorted((a, b) => a - b),
  );
}

function chosen(indices: readonly number[], count: number, random: Random): number[] {
  const order = random.permutation(indices.length).subarray(0, count);
  return Array.from(order.toSorted(), at => indices[at]);
}

function requireEnough(what: string, found: number, wanted: number): void {
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new Error(`sample: ${wanted} images are wanted; give a whole number from 1 on`);
  if (found < wanted)
    throw new Error(`sample: ${what} has ${found} images, ${wanted} are wanted; ask for fewer`);
}
