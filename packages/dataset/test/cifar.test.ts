import { decodeCifar10, decodeCifar100 } from '../src/index.js';

/** Records of these labels, whose pixels are their position in the record plus `shift`, modulo 256. */
const records = (labels: readonly (readonly number[])[], shift = 0): Uint8Array =>
  Uint8Array.from(
    labels.flatMap(bytes => [
      ...bytes,
      ...Array.from({ length: 3072 }, (_, i) => (i + shift) % 256),
    ]),
  );

test('CIFAR-10: records of a label and three planes', () => {
  const bytes = records([[6], [9], [0]]);
  bytes[2 * 3073 - 1] = 77; // the last blue pixel of the second record
  const images = decodeCifar10(bytes, 'test_batch.bin');
  expect(images).toMatchObject({ count: 3, dims: [3, 32, 32], labels: Int32Array.of(6, 9, 0) });
  expect([...images.labels!].map(label => images.classNames![label])).toEqual([
    'frog',
    'truck',
    'airplane',
  ]);
  const { dims, data } = images.image(1);
  expect(dims).toEqual([3, 32, 32]);
  expect(data.length).toBe(3072);
  expect([data[0], data[1], data[1024], data[3071]]).toEqual([0, 1, 0, 77]);
  expect(images.nameOf(1)).toBe('test_batch.bin, record 1');
});

test('CIFAR-100: a coarse label, the fine label, and the planes', () => {
  const images = decodeCifar100(
    records(
      [
        [19, 99],
        [0, 4],
      ],
      5,
    ),
  );
  expect(images.labels).toEqual(Int32Array.of(99, 4));
  expect(images.classNames!.length).toBe(100);
  expect(new Set(images.classNames).size).toBe(100);
  expect(images.classNames!.toSorted()).toEqual(images.classNames);
  expect(images.classNames![99]).toBe('worm');
  expect(images.image(1).data[0]).toBe(5);
});

test.each([
  [decodeCifar10(records([[1]])), 10],
  [decodeCifar100(records([[1, 1]])), 100],
])('there is a name for every class', ({ classNames }, count) => {
  expect(classNames).toHaveLength(count);
});

test('the record that is damaged is named', () => {
  expect(() => decodeCifar10(records([[1], [2], [10]]), 'x.bin')).toThrow(
    'x.bin: record 2 has the label 10, expected 0 to 9; the file is damaged or of another format, copy it again',
  );
  expect(() =>
    decodeCifar100(
      records([
        [1, 1],
        [20, 1],
      ]),
      'x.bin',
    ),
  ).toThrow('x.bin: record 1 has the coarse label 20, expected 0 to 19');
  expect(() => decodeCifar100(records([[1, 100]]))).toThrow('record 0 has the fine label 100');
});

test.each([
  [
    new Uint8Array(3072),
    /^x\.bin: 3072 bytes are not a multiple of 3073, the size of a CIFAR-10 record; copy it again$/,
  ],
  [new Uint8Array(0), /0 bytes are not a multiple/],
  [new Uint8Array(2 * 3074), /this may be CIFAR-100$/],
  [Uint8Array.of(0x80, 2), /Python version of CIFAR-10, get the binary version/],
  [Uint8Array.of(0x1f, 0x8b), /packed archive, unpack it first/],
])('a file of another length is refused with advice (%#)', (bytes, message) => {
  expect(() => decodeCifar10(bytes, 'x.bin')).toThrow(message);
});
