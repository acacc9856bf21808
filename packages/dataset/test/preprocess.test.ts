import {
  imagesOfArchive,
  makePreprocessing,
  plainPreprocessing,
  preprocess,
  type Image,
  type NdArray,
} from '../src/index.js';

const colour: Image = {
  dims: [3, 1, 2],
  data: Uint8Array.of(255, 0, 51, 102, 153, 204),
};
const grey: Image = { dims: [1, 1, 2], data: Uint8Array.of(0, 255) };
const batch = (images: readonly Image[], fields: Parameters<typeof makePreprocessing>[0]) =>
  preprocess(images, makePreprocessing(fields));
const near = (values: readonly number[]) => values.map(value => expect.closeTo(value, 6) as number);

test('bytes become numbers from 0 to 1 and nothing else happens, unless more is said', () => {
  const { shape, data } = batch([colour], {});
  expect(shape).toEqual([1, 3, 1, 2]);
  expect([...data]).toEqual([1, 0, 0.2, 0.4, 0.6, 0.8].map(Math.fround));
});

test.each([
  [[0, 255] as const, [0, 255]],
  [[-1, 1] as const, [-1, 1]],
  [[1, 0] as const, [1, 0]],
  ['stored' as const, [0, 255]],
])('black and white become what the range %j says', (range, expected) => {
  expect([...batch([grey], { range }).data]).toEqual(expected);
});

test('mean and std come after the range, one for each channel or one for all', () => {
  const each = batch([colour], { mean: [0.5, 0.4, 0.3], std: [0.5, 0.2, 0.1] });
  expect([...each.data]).toEqual(near([1, -1, -1, 0, 3, 5]));
  const all = batch([colour], { range: [0, 255], mean: [100], std: [10] });
  expect([...all.data]).toEqual(near([15.5, -10, -4.9, 0.2, 5.3, 10.4]));
});

test('float images from 0 to 1 come out as bytes of the same brightness do', () => {
  const floats = { ...colour, data: Float32Array.from(colour.data, value => value / 255) };
  for (const range of [
    [0, 1],
    [0, 255],
    [-1, 1],
  ] as const)
    expect([...batch([floats], { range }).data].map(value => value.toFixed(4))).toEqual(
      [...batch([colour], { range }).data].map(value => value.toFixed(4)),
    );
});

test('float images that are scaled otherwise are taken as stored, or refused', () => {
  const floats: Image = { dims: [1, 1, 2], data: Float32Array.of(-2.5, 130) };
  expect([...batch([floats], { range: 'stored', std: [2] }).data]).toEqual([-1.25, 65]);
  expect(() => batch([floats], {})).toThrow(
    'image 0: contains -2.5, but floating-point images are expected to lie from 0 to 1;' +
      ' for images on another scale choose `range` stored',
  );
});

test('BGR turns the channels round, and mean and std are in the model’s order', () => {
  const { data } = batch([colour], { order: 'BGR', mean: [0.1, 0.2, 0.3] });
  expect([...data]).toEqual(near([0.5, 0.7, 0, 0.2, 0.7, -0.3]));
});

test('NHWC puts the channels of a pixel together', () => {
  const { shape, data } = batch([colour, colour], { layout: 'NHWC', range: 'stored' });
  expect(shape).toEqual([2, 1, 2, 3]);
  expect([...data.subarray(0, 6)]).toEqual([255, 51, 153, 0, 102, 204]);
  expect(data.subarray(6)).toEqual(data.subarray(0, 6));
});

test('colour becomes grey as in Pillow, and grey colour', () => {
  // Image.fromarray(a).convert('L') for red 0, 28, …, green 0, blue 255, 241, …: Pillow 9.4
  const red = [0, 28, 56, 84, 112, 140, 168, 196, 224];
  const data = Uint8Array.from([...red, ...red.map(() => 0), ...red.map(value => 255 - value / 2)]);
  const image: Image = { dims: [3, 1, 9], data };
  expect([...batch([image], { channels: 1, range: 'stored' }).data]).toEqual([
    29, 36, 43, 49, 56, 63, 70, 77, 83,
  ]);
  expect([...batch([grey], { channels: 3, range: 'stored' }).data]).toEqual([
    0, 255, 0, 255, 0, 255,
  ]);
  const floats: Image = { dims: [3, 1, 1], data: Float32Array.of(1, 0.5, 0) };
  expect([...batch([floats], { channels: 1 }).data]).toEqual(near([0.299 + 0.2935]));
});

const values = [
  [0, 50, 100, 200, 255, 7],
  [10, 20, 250, 30, 90, 60],
  [255, 0, 255, 0, 255, 0],
  [3, 1, 4, 1, 5, 9],
  [2, 6, 5, 3, 5, 8],
];
const picture: Image = { dims: [1, 5, 6], data: Uint8Array.from(values.flat()) };

test('a size stretches, and the size that an image has changes nothing', () => {
  const { shape, data } = batch([picture], { size: [3, 2], range: 'stored' });
  expect(shape).toEqual([1, 1, 3, 2]);
  expect([...data]).toEqual([72, 129, 88, 92, 3, 5]);
  expect([...batch([picture], { size: [5, 6], range: 'stored' }).data]).toEqual(values.flat());
});

test('crop keeps the proportions: torchvision’s Resize(4), CenterCrop(3) on 5×6 and 5×12', () => {
  // Pillow 9.4: resize((4, 4)) and rows and columns 0 to 2; resize((9, 4)), rows 0 to 2, columns 3 to 5
  const fields = { size: [3, 3], crop: 0.75, range: 'stored' } as const;
  expect([...batch([picture], fields).data]).toEqual([18, 108, 174, 74, 146, 90, 67, 61, 49]);
  const wide: Image = { dims: [1, 5, 12], data: Uint8Array.from({ length: 60 }, (_, i) => 4 * i) };
  expect([...batch([wide], fields).data]).toEqual([29, 34, 39, 85, 90, 95, 141, 146, 151]);
  const tall = preprocess(
    [{ dims: [1, 12, 5], data: new Uint8Array(60) }],
    makePreprocessing(fields),
  );
  expect(tall.shape).toEqual([1, 1, 3, 3]);
});

test('crop 1 cuts to size what has the wanted short side already', () => {
  const fields = { size: [5, 5], crop: 1, range: 'stored' } as const;
  // (6 − 5) / 2 rounds to the even 0
  expect([...batch([picture], fields).data]).toEqual(values.flatMap(line => line.slice(0, 5)));
});

test('images of different sizes or channels do not make a batch', () => {
  expect(() => preprocess([grey, picture], makePreprocessing({}), i => `x${i}.png`)).toThrow(
    'x1.png: 1×5×6, but x0.png is 1×1×2; give a size and a number of channels to bring them to',
  );
  expect(batch([colour, picture], { size: [4, 4], channels: 3 }).shape).toEqual([2, 3, 4, 4]);
});

test('what does not go with the channels of an image is refused by its name', () => {
  expect(() => batch([grey], { mean: [0.1, 0.2, 0.3] })).toThrow(
    'image 0: 1 channels, but mean or std [0.1,0.2,0.3]; give one for each channel',
  );
  expect(() => batch([grey], { order: 'BGR' })).toThrow('image 0: 1 channels have no order BGR');
  const four: Image = { dims: [4, 1, 1], data: new Uint8Array(4) };
  expect(batch([four], {}).shape).toEqual([1, 4, 1, 1]);
  expect(() => batch([four], { channels: 3 })).toThrow('an image of 4 channels cannot become');
});

test('no images make an empty batch', () => {
  expect(batch([], {}).data.length).toBe(0);
});

test('floats beyond black and white pass where the archive says that they are meant so', () => {
  const images: NdArray = {
    dtype: 'float32',
    shape: [1, 1, 1, 2],
    data: Float32Array.of(-0.5, 1.5),
  };
  const archive = (range: number[]) =>
    imagesOfArchive(
      new Map<string, NdArray>([
        ['images', images],
        ['range', { dtype: 'float32', shape: [2], data: Float32Array.from(range) }],
      ]),
      'set.npz',
    );
  const settings = { ...plainPreprocessing, mean: [0.5], std: [0.5] };
  expect(preprocess([archive([0, 1]).image(0)], settings).data).toEqual(Float32Array.of(-2, 2));
  expect(() => archive([0, 255])).toThrow('set.npz: its range is [0, 255]');
});
