import type { Random } from '@nads/linalg';
import { classCount } from './class-name.js';
import type { LabelledImages } from './labelled-images.js';
import { sample } from './sample.js';
import { subset } from './subset.js';

/**
 * At most `count` images, in the order of the set: with labels as many of each class, all of a class that has fewer, and where
 * there are more classes than images to take, one of some classes; without labels, any. All where the set has no more.
 */
export function balancedSample(
  images: LabelledImages,
  count: number,
  random: Random,
): LabelledImages {
  const { labels } = images;
  if (images.count <= count) return images;
  if (!labels) return sample(images, count, random);
  const members = Array.from({ length: classCount(images) }, (): number[] => []);
  labels.forEach((label, index) => members[label].push(index));
  const sizes = members.map(({ length }) => length);
  const taken = shares(sizes, count, random);
  const chosen = members.flatMap((indices, label) => {
    const order = random.fork(label).permutation(indices.length);
    return Array.from(order.subarray(0, taken[label]), at => indices[at]);
  });
  return subset(
    images,
    chosen.toSorted((a, b) => a - b),
  );
}

/** How many of each class. */
function shares(sizes: readonly number[], count: number, random: Random): number[] {
  const classes = sizes.flatMap((size, label) => (size > 0 ? [label] : []));
  if (count < classes.length) {
    const drawn = random.fork('classes').permutation(classes.length).subarray(0, count);
    const taken = new Set(Array.from(drawn, at => classes[at]));
    return sizes.map((_, label) => (taken.has(label) ? 1 : 0));
  }
  let most = 1;
  while (sizes.reduce((sum, size) => sum + Math.min(size, most + 1), 0) <= count) most++;
  return sizes.map(size => Math.min(size, most));
}
