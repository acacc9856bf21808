import { classCount, formatDims, type LabelledImages } from '@nads/dataset';

/** What is in a set, in one line: `1000 images 3×32×32, 10 classes`. */
export function describeData(images: LabelledImages): string {
  const size = images.dims ? ` ${formatDims(images.dims)}` : ' of any size';
  const classes = images.labels ? `${classCount(images)} classes` : 'no labels';
  return `${images.count} ${images.count === 1 ? 'image' : 'images'}${size}, ${classes}`;
}
