import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeNpy, encodeNpz, type NdArray } from '@nads/dataset';
import { encodePng } from '@nads/report';
import { temporaryFolder } from '@nads/testing';
import { describeData } from '../src/describe-data.js';
import { openData } from '../src/node/open-data.js';

const { path, remove } = temporaryFolder();
afterAll(remove);

/** Writes a file below the temporary folder and gives its path. */
function put(name: string, contents: Uint8Array | string): string {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), contents);
  return path(name);
}

/** CIFAR records whose label bytes are these and whose pixels are all `value`. */
const records = (labels: readonly (readonly number[])[], value = 0): Uint8Array =>
  Buffer.concat(
    labels.map(bytes => Buffer.concat([Buffer.from(bytes), Buffer.alloc(3072, value)])),
  );

const idx = (shape: readonly number[], values: readonly number[]): Uint8Array =>
  Buffer.from([0, 0, 8, shape.length, ...shape.flatMap(size => [0, 0, 0, size]), ...values]);

const pixel = (...data: number[]): Uint8Array =>
  encodePng({ width: 1, height: 1, data: Uint8Array.from(data) });

test('CIFAR-10 is read from a folder, from the archive’s folder below it, and from a file', () => {
  const file = put('archive/cifar-10-batches-bin/test_batch.bin', records([[3], [5]]));
  for (const place of [dirname(file), path('archive'), file])
    expect([...openData(`cifar10:${place}`).labels!]).toEqual([3, 5]);
  expect(describeData(openData(`cifar10:${file}`))).toBe('2 images 3×32×32, 10 classes');
});

test('the training images are all batches that are there, in order', () => {
  put('train/data_batch_2.bin', records([[2]], 20));
  put('train/data_batch_1.bin', records([[1]], 10));
  const images = openData(`cifar10-train:${path('train')}`);
  expect([...images.labels!]).toEqual([1, 2]);
  expect(images.image(1).data[0]).toBe(20);
  expect(images.nameOf(1)).toBe(`${path('train', 'data_batch_2.bin')}, record 0`);
});

test('CIFAR-100 has a file of test and one of training images', () => {
  put('c100/test.bin', records([[1, 99]]));
  put(
    'c100/train.bin',
    records([
      [1, 98],
      [0, 97],
    ]),
  );
  expect([...openData(`cifar100:${path('c100')}`).labels!]).toEqual([99]);
  expect([...openData(`cifar100-train:${path('c100')}`).labels!]).toEqual([98, 97]);
});

test('MNIST is read packed or not, also where torchvision puts it', () => {
  put('mnist/t10k-images-idx3-ubyte.gz', gzipSync(idx([1, 2, 2], [1, 2, 3, 4])));
  put('mnist/t10k-labels-idx1-ubyte', idx([1], [7]));
  put('mnist/MNIST/raw/train-images.idx3-ubyte', idx([2, 1, 1], [5, 6]));
  put('mnist/MNIST/raw/train-labels-idx1-ubyte.gz', gzipSync(idx([2], [8, 9])));
  const test = openData(`mnist:${path('mnist')}`);
  expect([test.labels, [...test.image(0).data]]).toEqual([Int32Array.of(7), [1, 2, 3, 4]]);
  expect([...openData(`mnist-train:${path('mnist')}`).labels!]).toEqual([8, 9]);
});

test('folders are classes, sorted by name, and so are the pictures in them', () => {
  put('pets/dog/b.png', pixel(30, 31, 32));
  put('pets/dog/a.PNG', pixel(20));
  put('pets/cat/z.png', pixel(10));
  put('pets/dog/notes.txt', 'not a picture');
  put('pets/readme.txt', 'not a class');
  put('pets/.cache/x.png', 'hidden');
  for (const spec of [path('pets'), `folder:${path('pets')}`]) {
    const images = openData(spec);
    expect(describeData(images)).toBe('3 images of any size, 2 classes');
    expect([images.classNames, images.labels]).toEqual([['cat', 'dog'], Int32Array.of(0, 1, 1)]);
    expect([0, 1, 2].map(i => images.nameOf(i))).toEqual(['cat/z.png', 'dog/a.PNG', 'dog/b.png']);
    expect([0, 1, 2].map(i => [...images.image(i).data])).toEqual([[10], [20], [30, 31, 32]]);
  }
});

test('pictures without folders have no labels, and one picture is a set too', () => {
  const file = put('loose/b.png', pixel(2));
  put('loose/a.png', pixel(1));
  const images = openData(path('loose'));
  expect([images.labels, images.image(0).data[0]]).toEqual([undefined, 1]);
  expect(describeData(openData(file))).toBe('1 image of any size, no labels');
});

test('a picture is read when it is asked for, and named when it is damaged', () => {
  const file = put('damaged/a.png', pixel(1).subarray(0, 50));
  const images = openData(path('damaged'));
  expect(() => images.image(0)).toThrow(`${file}: the PNG is damaged: it ends inside a chunk`);
});

test('arrays are read from .npy and .npz', () => {
  const x: NdArray = {
    dtype: 'uint8',
    shape: [2, 1, 2, 3],
    data: Uint8Array.from({ length: 12 }, (_, i) => i),
  };
  const y: NdArray = { dtype: 'int64', shape: [2], data: BigInt64Array.of(4n, 1n) };
  expect(describeData(openData(put('x.npy', encodeNpy(x))))).toBe('2 images 1×2×3, no labels');
  const archive = put('x.npz', encodeNpz({ x, y }));
  expect(describeData(openData(archive))).toBe('2 images 1×2×3, 5 classes');
  expect(openData(archive, { layout: 'NHWC' }).dims).toEqual([3, 1, 2]);
});

test.each([
  ['cifar10:', 'cifar10:: expected a folder, as in cifar10:data'],
  [
    'cifar10:EMPTY',
    'EMPTY: no test_batch.bin in it or in its cifar-10-batches-bin; unpack the binary version of CIFAR-10' +
      ' (https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz) and give its folder',
  ],
  ['cifar10-train:EMPTY', 'EMPTY: no data_batch_1.bin in it'],
  ['cifar100:EMPTY/none', 'EMPTY/none: no test.bin in it or in its cifar-100-binary'],
  [
    'mnist:EMPTY',
    "EMPTY: no t10k-images-idx3-ubyte or t10k-images-idx3-ubyte.gz in it; get MNIST's four files",
  ],
  ['mnist-train:EMPTY', 'EMPTY: no train-images-idx3-ubyte or'],
  [
    'EMPTY',
    'EMPTY: holds no .png, .jpg or .jpeg file; expected pictures, or one folder of them per class',
  ],
  ['folder:EMPTY/none', 'EMPTY/none: no such file or folder'],
  [
    'imagenet:EMPTY',
    'imagenet:EMPTY: no such file or folder; expected cifar10:DIR, cifar10-train:DIR',
  ],
  ['constructor:EMPTY', 'constructor:EMPTY: no such file or folder'],
  ['BATCH', 'BATCH: unsupported kind of file; expected cifar10:DIR'],
  ['BATCH', "for a file of CIFAR-10's binary version write cifar10:BATCH"],
  ['cifar10:BATCH', 'BATCH: 3 bytes are not a multiple of 3073'],
])('%s is refused: %s', (spec, message) => {
  mkdirSync(path('empty'), { recursive: true });
  const batch = put('batch.bin', 'abc');
  const place = (text: string) =>
    text.replaceAll('EMPTY', path('empty')).replaceAll('BATCH', batch);
  expect(() => openData(place(spec))).toThrow(place(message));
});

test('a folder that mixes classes and loose pictures, or has an empty class, is refused', () => {
  put('mixed/cat/a.png', pixel(1));
  put('mixed/b.png', pixel(1));
  expect(() => openData(path('mixed'))).toThrow(
    `${path('mixed')}: contains folders of classes and, beside them, the picture 'b.png'; put every`,
  );
  put('hollow/cat/a.png', pixel(1));
  mkdirSync(path('hollow', 'dog'));
  expect(() => openData(path('hollow'))).toThrow(`${path('hollow', 'dog')}: holds no .png`);
});
