import { gzipSync } from 'fflate';
import * as fc from 'fast-check';
import { decodeIdx, imagesOfIdx } from '../src/index.js';

/** An IDX file of unsigned bytes. */
const idx = (shape: readonly number[], data: ArrayLike<number>): Uint8Array => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([header, Uint8Array.from(data)]);
};

const array = (shape: readonly number[], data: ArrayLike<number>) => ({
  array: decodeIdx(idx(shape, data)),
  file: shape.length === 1 ? 'labels' : 'images',
});

test('any array of bytes comes back, packed or not', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sizes, fc.boolean(), (shape, packed) => {
      const data = Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => 7 * i);
      const bytes = packed ? gzipSync(idx(shape, data)) : idx(shape, data);
      const found = decodeIdx(bytes);
      expect({ ...found, data: [...found.data] }).toEqual({
        dtype: 'uint8',
        shape,
        data: [...data],
      });
    }),
  );
});

test.each([
  [Uint8Array.of(), /^x: not an IDX file: expected it to start with 00 00 08 .*, got no bytes$/],
  [Uint8Array.of(0x50, 0x4b, 3, 4), /got 50 4b 03 04/],
  [Uint8Array.of(0, 0, 8, 0), /not an IDX file/],
  [Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), /type 0xd; only unsigned bytes \(0x8\) are read/],
  [Uint8Array.of(0, 0, 8, 3, 0, 0), /ends inside its header, after 6 bytes/],
  [idx([2, 2], [1, 2, 3]), /^x: shape \(2, 2\) takes 4 bytes, but 3 follow the header; copy/],
  [idx([2], [1, 2, 3]), /takes 2 bytes, but 3 follow/],
  [idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], [1]), /but 1 follow/],
])('refuses what is no IDX file (%#)', (bytes, message) => {
  expect(() => decodeIdx(bytes, 'x')).toThrow(message);
});

test('a packed file that is cut off, changed, or claims too much is refused', () => {
  const packed = gzipSync(
    idx(
      [500],
      Array.from({ length: 500 }, (_, i) => i * i),
    ),
  );
  for (let length = 0; length < packed.length; length++)
    expect(() => decodeIdx(packed.subarray(0, length), 'cut')).toThrow(/^cut: /);
  for (let at = 10; at < packed.length; at++) {
    const damaged = Uint8Array.from(packed);
    damaged[at] ^= 1;
    expect(() => decodeIdx(damaged, 'x')).toThrow(/^x: /);
  }
});

test('a bomb is refused before it is unpacked', () => {
  const packed = gzipSync(idx([1_000_000], new Uint8Array(1_000_000)));
  expect(decodeIdx(packed, 'x', { limit: 1_000_008 }).data.length).toBe(1_000_000);
  expect(() => decodeIdx(packed, 'x', { limit: 1_000_007 })).toThrow(
    'x: unpacks to 1000008 bytes, over the limit of 1000007',
  );
  const lying = Uint8Array.from(packed);
  new DataView(lying.buffer).setUint32(lying.length - 4, 2 ** 31 - 1, true);
  expect(() => decodeIdx(lying, 'x')).toThrow(/cannot unpack to 2147483647/);
});

test('images and labels go together, and digits are called by their names', () => {
  const images = imagesOfIdx(
    array([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    array([2], [9, 0]),
  );
  expect(images).toMatchObject({ count: 2, dims: [1, 2, 3], labels: Int32Array.of(9, 0) });
  expect(images.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect([...images.image(1).data]).toEqual([7, 8, 9, 10, 11, 12]);
});

test('letters have no names', () => {
  expect(imagesOfIdx(array([1, 1, 1], [0]), array([1], [26])).classNames).toBeUndefined();
});

test('files that do not belong together are refused', () => {
  expect(() => imagesOfIdx(array([2, 1, 1], [1, 2]), array([3], [1, 2, 3]))).toThrow(
    'labels: shape (3), expected (2), one class number for each image',
  );
  expect(() => imagesOfIdx(array([2], [1, 2]), array([2], [1, 2]))).toThrow(
    'labels: shape (2) is not [n, H, W]; is this the file of labels?',
  );
});
