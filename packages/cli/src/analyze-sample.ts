import { classCount, sample, subset, type LabelledImages } from '@nads/dataset';
import type { Random } from '@nads/linalg';

/**
 * At most `count` images, in the order of the set: with labels as many of each class, all of a class that has fewer;
 * without labels, any. All where the set has no more.
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
  const most = mostPerClass(
    members.map(({ length }) => length),
    count,
  );
  const chosen = members.flatMap((indices, label) => {
    const order = random.fork(label).permutation(indices.length);
    return Array.from(order.subarray(0, most), at => indices[at]);
  });
  return subset(
    images,
    chosen.toSorted((a, b) => a - b),
  );
}

/** The largest number a class such that classes with at most so many images each make no more than `count`; at least 1. */
function mostPerClass(sizes: readonly number[], count: number): number {
  let most = 1;
  while (sizes.reduce((sum, size) => sum + Math.min(size, most + 1), 0) <= count) most++;
  return most;
}
