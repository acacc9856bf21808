import { joined } from '@nads/linalg';
import { formatDims } from './image.js';
import type { LabelledImages } from './labelled-images.js';

/**
 * All images of several sets, one set after the other. Nothing is copied.
 * @throws if some have labels and others have none, or the classes are called differently
 */
export function concatenate(sets: readonly LabelledImages[]): LabelledImages {
  const [first] = sets;
  if (!first) throw new Error('concatenate: no set of images; give at least one');
  requireSameClasses(sets);
  const ends: number[] = [];
  for (const { count } of sets) ends.push((ends.at(-1) ?? 0) + count);
  const at = (index: number): readonly [LabelledImages, number] => {
    const part = ends.findIndex(end => index < end);
    return [sets[part], index - (ends[part] - sets[part].count)];
  };
  const sameDims = sets.every(({ dims }) => dims && formatDims(dims) === formatDims(first.dims!));
  return {
    count: ends.at(-1)!,
    dims: sameDims ? first.dims : undefined,
    classNames: first.classNames,
    labels:
      first.labels &&
      joined(
        Int32Array,
        sets.map(({ labels }) => labels!),
      ),
    image: index => {
      const [set, inside] = at(index);
      return set.image(inside);
    },
    nameOf: index => {
      const [set, inside] = at(index);
      return set.nameOf(inside);
    },
  };
}

function requireSameClasses([first, ...others]: readonly LabelledImages[]): void {
  for (const { labels, classNames } of others)
    if (!labels !== !first.labels || classNames?.join('\n') !== first.classNames?.join('\n'))
      throw new Error(
        `concatenate: ${first.nameOf(0)} and ${others[0].nameOf(0)} come from sets of different classes`,
      );
}
