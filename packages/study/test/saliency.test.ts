import { decodeNpy } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { parseSaliencySummary, saliency, saliencyFiles } from '../src/index.js';
import { stemsOf } from '../src/saliency/stems-of.js';
import { abortedAt, images, linearModel, numbersOf } from './small-models.js';

const weights = [0, 1].map(k => Float64Array.from({ length: 16 }, (_, i) => Math.cos(16 * k + i)));
const linear = linearModel(weights);
const pictures = images(3);
const x = numbersOf(pictures, 0);
const tolerance = { rtol: 1e-5, atol: 1e-5 };

test('of a linear model all maps are what its weights say', async () => {
  const { pictures: found } = await saliency(
    linear,
    pictures,
    { outputIndex: 1, steps: 4, samples: 3 },
    { runtime },
  );
  const [{ maps, output, completeness, shown }] = found;
  const attributed = x.map((value, i) => value * weights[1][i]);
  expect([found.length, output]).toEqual([3, 1]);
  expectClose(maps.get('gradient')!, weights[1], tolerance);
  expectClose(maps.get('smooth')!, weights[1], tolerance);
  expectClose(maps.get('gradient-x-input')!, attributed, tolerance);
  expectClose(maps.get('integrated')!, attributed, tolerance);
  const total = attributed.reduce((a, b) => a + b, 0);
  expectClose([completeness!.sum, completeness!.value], [total, total], tolerance);
  expectClose(shown, x, tolerance);
});

test('integrated gradients start where they are told to', async () => {
  const start = { name: 'start.npy', image: Float32Array.from(x, (_, i) => i / 16) };
  const settings = { methods: ['integrated'] as const, steps: 2, outputIndex: 0 };
  const [given, mean] = await Promise.all(
    [start, 'mean' as const].map(async baseline => {
      const { pictures: found } = await saliency(
        linear,
        pictures,
        { ...settings, baseline },
        { runtime },
      );
      return found[0].maps.get('integrated')!;
    }),
  );
  const average = x.reduce((a, b) => a + b, 0) / 16;
  expectClose(
    given,
    x.map((value, i) => (value - start.image[i]) * weights[0][i]),
    tolerance,
  );
  expectClose(
    mean,
    x.map((value, i) => (value - average) * weights[0][i]),
    tolerance,
  );
});

test('each picture is handed out before the next is begun; a signal leaves what is done', async () => {
  const handed: string[] = [];
  const settings = { methods: ['smooth'] as const, samples: 2, batch: 1 };
  const { pictures: found } = await saliency(linear, pictures, settings, {
    runtime,
    // the third gradient of six is of the second picture
    ...abortedAt('gradients', 2),
    onPicture: async ({ picture }) => void handed.push(picture),
  });
  expect(handed).toEqual(['image 0']);
  expect(found.map(({ picture }) => picture)).toEqual(handed);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(saliency(linear, pictures, {}, { runtime, signal })).rejects.toThrow('enough');
});

test('a signal is heard between methods that take one gradient', async () => {
  const { reason, ...watched } = abortedAt('gradients', 0);
  const methods = ['gradient', 'gradient-x-input'] as const;
  const stopped = saliency(linear, pictures, { methods }, { runtime, ...watched });
  await expect(stopped).rejects.toBe(reason);
});

test('its files hold what its schema says', async () => {
  const named = { ...images(2), nameOf: () => 'photos/cat.v2.png' };
  const found = await saliency(linear, named, { methods: ['gradient', 'integrated'] }, { runtime });
  const files = new Map(saliencyFiles(found));
  expect([...files.keys()].filter(name => !name.endsWith('.png'))).toEqual([
    ...['cat.v2', 'cat.v2-2'].flatMap(stem => [
      `${stem}.image.npy`,
      `${stem}.gradient.npy`,
      `${stem}.integrated.npy`,
      `${stem}.sheet.svg`,
      `${stem}.gradient.svg`,
      `${stem}.integrated.svg`,
    ]),
    'saliency.json',
  ]);
  const map = decodeNpy(files.get('cat.v2.gradient.npy') as Uint8Array, 'npy');
  expect(map.shape).toEqual([1, 4, 4]);
  const summary = parseSaliencySummary('saliency.json', files.get('saliency.json') as string);
  expect(summary).toMatchObject({ format: 'saliency', version: 1, settings: { baseline: 'zero' } });
  for (const { array, picture } of summary.images.flatMap(({ maps }) => Object.values(maps)))
    expect([files.has(array), files.has(picture)]).toEqual([true, true]);
});

test('a sheet of all methods says what the model predicts, and how surely', async () => {
  const named = { ...images(1), nameOf: () => 'photos/cat.png' };
  const found = await saliency(linear, named, {}, { runtime });
  const logits = weights.map(w => x.reduce((sum, value, i) => sum + value * w[i], 0));
  const predicted = logits[0] > logits[1] ? 0 : 1;
  const probability = 1 / (1 + Math.exp(logits[1 - predicted] - logits[predicted]));
  const [one] = found.pictures;
  expectClose([one.value, one.probability!], [logits[predicted], probability], tolerance);
  const svg = new Map(saliencyFiles(found)).get('cat.sheet.svg') as string;
  const said = [...svg.matchAll(/>([^<]+)<\/text>/gu)].map(([, text]) => text).join(' ');
  expect(said).toContain(
    `cat.png: predicted class ${predicted} of linear.onnx (value ${logits[predicted].toPrecision(3)}, probability ${(100 * probability).toFixed(1)} %)`,
  );
  for (const title of ['gradient', 'gradient × input', 'integrated gradients', 'smooth gradient'])
    expect(said).toContain(title);
});

test('another output than the predicted one is called so', async () => {
  const [first] = (await saliency(linear, images(1), {}, { runtime })).pictures;
  const outputIndex = 1 - first.predicted;
  const [{ predicted, output, probability }] = (
    await saliency(linear, images(1), { outputIndex }, { runtime })
  ).pictures;
  expect([predicted, output]).toEqual([first.predicted, outputIndex]);
  expectClose([probability!], [1 - first.probability!], tolerance);
});

test('files of pictures of the same name are told apart, whatever others are called', () => {
  expect(stemsOf(['a/x.png', 'b/x.jpg', 'x-2.png', '.png', 'y'])).toEqual([
    'x',
    'x-2',
    'x-2-2',
    '.png',
    'y',
  ]);
});

test.each([
  ['outputIndex', { outputIndex: 2 }],
  ['samples', { samples: 0 }],
  ['baseline', { baseline: { name: 'b.npy', image: new Float32Array(9) } }],
])('a wrong `%s` is named', async (option, settings) => {
  const refused = saliency(linear, pictures, settings, { runtime });
  await expect(refused).rejects.toBeInstanceOf(OptionError);
  await expect(refused).rejects.toMatchObject({ option });
});
