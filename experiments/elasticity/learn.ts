// A network of one hidden layer, with or without a ReLU, that has learnt to tell two classes from others: model.onnx, accuracy.json,
// and its images, images.npz, in which the two classes are 1 and 2 and all others 0.
// As a stage: learn.ts --mnist=SET --cifar=SET --pair=SET-PRIMARY-AUXILIARY --network=relu|linear --seed=N … --out=FOLDER, a digit for each class
import { join } from 'node:path';
import { pixelsOf } from '@nads/basis';
import { encodeNpz, plainPreprocessing, preprocess, stackImages, subset } from '@nads/dataset';
import { writeModel } from '@nads/onnx';
import { openData, writeWhole } from '@nads/study/node';
import { givenToStage } from '../lib/stage.ts';
import { learnt, twoLayers, type Examples } from './two-layers.ts';

const counts = ['each', 'hidden', 'epochs', 'rate', 'batch', 'seed'];
const { option, out } = givenToStage('mnist', 'cifar', 'pair', 'network', ...counts);
const [each, hidden, epochs, rate, batch, seed] = counts.map(name => Number(option(name)));
const relu = option('network') === 'relu';

/** Of MNIST, which the rate is for: it is in inverse proportion to pixels, and a tenth without a ReLU. */
const usualPixels = 784;

const [set, primary, auxiliary] = option('pair').split('-');
const images = firstOfEach(Array.from(primary, Number), Array.from(auxiliary, Number));
const examples = examplesOf();
const scale = usualPixels / pixelsOf(examples.image) / (relu ? 1 : 10);
const fresh = twoLayers(examples.image, hidden, relu, seed);
const found = await learnt(fresh, examples, { rate: rate * scale, epochs, batch, seed });
writeWhole(join(out, 'model.onnx'), writeModel(found.model));
writeWhole(join(out, 'accuracy.json'), `${JSON.stringify({ accuracy: found.accuracy })}\n`);
const labels = { dtype: 'int32' as const, shape: [images.labels.length], data: images.labels };
writeWhole(join(out, 'images.npz'), encodeNpz({ images: stackImages(images.pictures), labels }));

/** The first images of each primary class, and as many auxiliary ones in all. */
function firstOfEach(primaries: readonly number[], others: readonly number[]) {
  const all = openData(option(set));
  const few = (wanted: number, count: number): number[] =>
    [...all.labels!.keys()].filter(i => all.labels![i] === wanted).slice(0, count);
  const ofOther = Math.round((each * primaries.length) / others.length);
  const chosen = [
    ...primaries.flatMap(wanted => few(wanted, each)),
    ...others.flatMap(wanted => few(wanted, ofOther)),
  ];
  const newLabel = (i: number): number => 1 + primaries.indexOf(all.labels![i]);
  return { pictures: subset(all, chosen), labels: Int32Array.from(chosen, newLabel) };
}

function examplesOf(): Examples {
  const { pictures, labels } = images;
  const all = Array.from({ length: pictures.count }, (_, i) => pictures.image(i));
  const { shape, data } = preprocess(all, plainPreprocessing);
  const [, channels, height, width] = shape;
  const targets = Array.from(labels, label => Number(label > 0));
  return { image: { channels, height, width }, images: data, targets };
}
