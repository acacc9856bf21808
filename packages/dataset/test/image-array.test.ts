import {
  decodeNpz,
  encodeNpz,
  imagesOfArchive,
  imagesOfArray,
  stackImages,
  type NdArray,
} from '../src/index.js';

const count = (length: number) => Uint8Array.from({ length }, (_, i) => i);
const bytes = (shape: readonly number[]): NdArray<'uint8'> => ({
  dtype: 'uint8',
  shape,
  data: count(shape.reduce((a, b) => a * b, 1)),
});
const labels = (...data: number[]): NdArray<'int32'> => ({
  dtype: 'int32',
  shape: [data.length],
  data: Int32Array.from(data),
});

test.each([
  [
    [2, 4, 5],
    [1, 4, 5],
  ],
  [
    [2, 3, 4, 5],
    [3, 4, 5],
  ],
  [
    [2, 1, 4, 5],
    [1, 4, 5],
  ],
  [
    [2, 4, 5, 3],
    [3, 4, 5],
  ],
  [
    [2, 4, 5, 1],
    [1, 4, 5],
  ],
  [
    [2, 3, 3, 3],
    [3, 3, 3],
  ],
])('an array of shape %j holds images of %j', (shape, dims) => {
  const images = imagesOfArray(bytes(shape), 'x.npy');
  expect([images.count, images.dims, images.image(1).dims]).toEqual([2, dims, dims]);
  expect(images.labels).toBeUndefined();
});

test('channels that stand last are put first', () => {
  const images = imagesOfArray(bytes([2, 1, 2, 3]), 'x', { layout: 'NHWC' });
  expect([...images.image(1).data]).toEqual([6, 9, 7, 10, 8, 11]);
  expect([...imagesOfArray(bytes([2, 1, 2, 3]), 'x').image(1).data]).toEqual([6, 7, 8, 9, 10, 11]);
});

test('floats stay floats, and whole numbers become bytes', () => {
  const floats: NdArray = { dtype: 'float64', shape: [1, 1, 2], data: Float64Array.of(0.1, -3) };
  expect(imagesOfArray(floats, 'x').image(0).data).toEqual(Float32Array.of(0.1, -3));
  const integers: NdArray = { dtype: 'int64', shape: [1, 1, 2], data: BigInt64Array.of(0n, 255n) };
  expect(imagesOfArray(integers, 'x').image(0).data).toEqual(Uint8Array.of(0, 255));
});

test.each<[NdArray, RegExp]>([
  [bytes([4, 5]), /^x: shape \(4, 5\) is not a shape of images; expected \[n, H, W\]/],
  [bytes([1, 1, 1, 1, 1]), /not a shape of images/],
  [bytes([0, 4, 5]), /shape \(0, 4, 5\) has no images/],
  [bytes([2, 1, 0, 5]), /has no images/],
  [bytes([1, 4, 5, 2]), /has no axis of 1 or 3 channels/],
  [{ dtype: 'float32', shape: [1, 1, 2], data: Float32Array.of(1, NaN) }, /value 1 is NaN; images/],
  [{ dtype: 'float64', shape: [1, 1, 1], data: Float64Array.of(1e300) }, /value 0 is Infinity/],
  [{ dtype: 'int16', shape: [1, 1, 2], data: Int16Array.of(7, 256) }, /value 1 is 256; integers/],
  [{ dtype: 'int8', shape: [1, 1, 1], data: Int8Array.of(-1) }, /value 0 is -1/],
])('refuses an array that does not hold images (%#)', (array, message) => {
  expect(() => imagesOfArray(array, 'x')).toThrow(message);
});

test.each<[NdArray, number[]]>([
  [labels(1, 0), [1, 0]],
  [{ dtype: 'int64', shape: [2, 1], data: BigInt64Array.of(5n, 6n) }, [5, 6]],
  [{ dtype: 'float32', shape: [2], data: Float32Array.of(3, 4) }, [3, 4]],
  [{ dtype: 'uint8', shape: [2], data: Uint8Array.of(255, 1) }, [255, 1]],
])('labels may be of any type that holds whole numbers (%#)', (array, expected) => {
  const images = imagesOfArray(bytes([2, 1, 1]), 'x', { labels: array });
  expect(images.labels).toEqual(Int32Array.from(expected));
});

test.each<[NdArray, RegExp]>([
  [labels(1, 2, 3), /^y: shape \(3\), expected \(2\), one class number for each image$/],
  [bytes([2, 10]), /shape \(2, 10\), expected \(2\).*; for one-hot rows save argmax\(axis=1\)/],
  [labels(1, -1), /^y: label 1 is -1; labels must be non-negative integers/],
  [{ dtype: 'float32', shape: [2], data: Float32Array.of(0.5, 1) }, /label 0 is 0.5/],
  [{ dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) }, /booleans; labels must be/],
  [labels(0, 3), /^y: image 1 has the label 3, expected 0 to 2$/],
])('refuses labels that do not fit (%#)', (array, message) => {
  const options = { labels: array, labelsFile: 'y', classNames: ['a', 'b', 'c'] };
  expect(() => imagesOfArray(bytes([2, 1, 1]), 'x', options)).toThrow(message);
});

const archive = (...names: readonly string[]) =>
  new Map<string, NdArray>(
    names.map(name => [
      name,
      /^(y|labels|targets)|labels$/.test(name) ? labels(1) : bytes([1, 2, 2]),
    ]),
  );

test.each([
  [['images', 'labels', 'mean'], 'images', true],
  [['y', 'x'], 'x', true],
  [['x_train', 'y_train', 'x_test', 'y_test'], 'x_test', true],
  [['x_train', 'y_train'], 'x_train', true],
  [['train_images', 'train_labels', 'test_images', 'test_labels'], 'test_images', true],
  [['x'], 'x', false],
  [['images', 'x_test', 'y_test'], 'x_test', true],
  [['something'], 'something', false],
  [['data', 'labels'], 'data', true],
])('of the arrays %j the images are %s', (names, images, hasLabels) => {
  const found = imagesOfArchive(archive(...names), 'f.npz');
  expect([found.nameOf(0), found.labels !== undefined]).toEqual([
    `f.npz[${images}], image 0`,
    hasLabels,
  ]);
});

test('an archive that does not tell which array holds the images is refused', () => {
  expect(() => imagesOfArchive(archive('a', 'b'), 'f.npz')).toThrow(
    "f.npz: which of its arrays are the images? It has a (1, 2, 2), b (1, 2, 2); name them 'images' and 'labels', or 'x' and 'y'",
  );
  expect(() => imagesOfArchive(new Map(), 'f.npz')).toThrow('It has none');
});

test('what is stacked and archived comes back', () => {
  for (const images of [
    imagesOfArray(bytes([2, 4, 5, 3]), 'x', { labels: labels(1, 0) }),
    imagesOfArray({ dtype: 'float32', shape: [1, 1, 2], data: Float32Array.of(0.5, 1) }, 'x', {
      labels: labels(3),
    }),
  ]) {
    const y = labels(...images.labels!);
    const back = imagesOfArchive(
      decodeNpz(encodeNpz({ images: stackImages(images), labels: y })),
      'f',
    );
    expect([back.dims, back.labels]).toEqual([images.dims, images.labels]);
    for (let i = 0; i < images.count; i++) expect(back.image(i)).toEqual(images.image(i));
  }
});

test('images of different kinds do not make an array', () => {
  const images = imagesOfArray(bytes([2, 2, 2]), 'x');
  const mixed = {
    ...images,
    image: (i: number) =>
      i === 0 ? images.image(0) : { dims: [1, 1, 4] as const, data: new Uint8Array(4) },
  };
  expect(() => stackImages(mixed)).toThrow('x, image 1: differs from x, image 0 in size or type');
});
