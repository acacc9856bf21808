import { join } from 'node:path';
import { encodeNpz, stackImages, type LabelledImages } from '@nads/dataset';
import { openData, writeWhole } from '@nads/study/node';

/** Writes the first images of a set with their labels. @returns the file */
export function firstImages(data: string, count: number, folder: string, name: string): string {
  const all = openData(data);
  const some: LabelledImages = {
    count: Math.min(count, all.count),
    dims: all.dims,
    image: index => all.image(index),
    nameOf: index => all.nameOf(index),
  };
  const labels = all.labels?.slice(0, some.count);
  if (!labels) throw new Error(`${data} has no labels`);
  const file = join(folder, `${name}.npz`);
  const array = { dtype: 'int32' as const, shape: [labels.length], data: labels };
  writeWhole(file, encodeNpz({ images: stackImages(some), labels: array }));
  return file;
}
