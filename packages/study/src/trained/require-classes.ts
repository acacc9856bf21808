import { classCount, type LabelledImages } from '@nads/dataset';

/** @throws where a model has fewer outputs than there are classes, so that labels are not its outputs' numbers */
export function requireClasses(
  images: LabelledImages,
  data: string,
  model: string,
  outputs: number,
): void {
  if (images.labels && classCount(images) > outputs)
    throw new Error(
      `${data}: has ${classCount(images)} classes, ${model} has ${outputs} outputs; give the data that it was trained on, or images without labels`,
    );
}
