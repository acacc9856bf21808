// The first images of a set with their labels, images.npz.
// As a stage: first-images.ts --data=SET --count=N --out=FOLDER
import { join } from 'node:path';
import { encodeNpz, stackImages, subset } from '@nads/dataset';
import { openData, writeWhole } from '@nads/study/node';
import { givenToStage } from './stage.ts';

const { option, out } = givenToStage('data', 'count');
const [data, count] = [option('data'), Number(option('count'))];
const all = openData(data);
if (all.count < count)
  throw new Error(`${data} has ${all.count} images, ${count} are needed; lower 'count'`);
const first = subset(
  all,
  Array.from({ length: count }, (_, i) => i),
);
if (!first.labels) throw new Error(`${data} has no labels`);
const labels = { dtype: 'int32' as const, shape: [count], data: Int32Array.from(first.labels) };
writeWhole(join(out, 'images.npz'), encodeNpz({ images: stackImages(first), labels }));
