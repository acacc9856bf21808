import type { LabelledImages } from './labelled-images.js';

/**
 * The images at these indices, in this order; an index may occur more than once. Nothing is copied.
 * @throws if there are no indices, or one is out of range
 */
export function subset(images: LabelledImages, indices: ArrayLike<number>): LabelledImages {
  const chosen = Array.from(indices);
  const wrong = chosen.find(
    index => !(Number.isInteger(index) && index >= 0 && index < images.count),
  );
  if (wrong !== undefined)
    throw new Error(`subset: image ${wrong} is out of range, 0 to ${images.count - 1}`);
  if (chosen.length === 0) throw new Error('subset: no image chosen; choose at least one');
  const { dims, labels, classNames } = images;
  return {
    count: chosen.length,
    dims,
    classNames,
    labels: labels && Int32Array.from(chosen, index => labels[index]),
    image: index => images.image(chosen[index]),
    nameOf: index => images.nameOf(chosen[index]),
  };
}
