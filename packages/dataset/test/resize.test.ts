import { resize, type Side } from '../src/resize.js';
import type { Image } from '../src/image.js';

const values = [
  [0, 50, 100, 200, 255, 7],
  [10, 20, 250, 30, 90, 60],
  [255, 0, 255, 0, 255, 0],
  [3, 1, 4, 1, 5, 9],
  [2, 6, 5, 3, 5, 8],
];
const picture: Image = { dims: [1, 5, 6], data: Uint8Array.from(values.flat()) };
const whole = (size: number): Side => ({ size, first: 0, count: size });

// np.array(Image.fromarray(values).resize((width, height), mode)).tolist(), Pillow 9.4
test.each([
  [
    2,
    3,
    'bilinear',
    [
      [65, 126, 98],
      [38, 37, 32],
    ],
  ],
  [
    2,
    3,
    'nearest',
    [
      [20, 30, 60],
      [1, 1, 9],
    ],
  ],
  [
    3,
    2,
    'bilinear',
    [
      [72, 129],
      [88, 92],
      [3, 5],
    ],
  ],
  [
    3,
    2,
    'nearest',
    [
      [50, 255],
      [0, 255],
      [6, 5],
    ],
  ],
  [
    7,
    4,
    'bilinear',
    [
      [19, 94, 207, 100],
      [16, 125, 131, 83],
      [55, 147, 85, 78],
      [159, 142, 113, 96],
      [47, 43, 34, 33],
      [3, 4, 3, 8],
      [4, 5, 4, 7],
    ],
  ],
  [
    7,
    4,
    'nearest',
    [
      [0, 100, 200, 7],
      [10, 250, 30, 60],
      [10, 250, 30, 60],
      [255, 255, 0, 0],
      [3, 4, 1, 9],
      [3, 4, 1, 9],
      [2, 5, 3, 8],
    ],
  ],
  [
    5,
    9,
    'bilinear',
    [
      [0, 25, 58, 92, 150, 209, 246, 131, 7],
      [10, 15, 58, 212, 140, 40, 80, 75, 60],
      [255, 128, 43, 212, 128, 43, 212, 128, 0],
      [3, 2, 2, 3, 3, 2, 4, 7, 9],
      [2, 4, 6, 5, 4, 3, 5, 7, 8],
    ],
  ],
  [1, 1, 'bilinear', [[71]]],
  [1, 1, 'nearest', [[0]]],
] as const)('bytes to %i×%i, %s: the same as Pillow', (height, width, resampling, expected) => {
  const { dims, data } = resize(picture, whole(height), whole(width), resampling);
  expect(dims).toEqual([1, height, width]);
  expect([...data]).toEqual(expected.flat());
});

test('floats are not rounded: the same as Pillow’s mode F and PyTorch', () => {
  const floats = { ...picture, data: Float32Array.from(values.flat(), value => value / 255) };
  const { data } = resize(floats, whole(2), whole(3), 'bilinear');
  // torch.nn.functional.interpolate(x, (2, 3), mode='bilinear', antialias=True), PyTorch 1.13, and Pillow's to 1e-7
  const expected = [0.252762943, 0.492558002, 0.38426286, 0.147364408, 0.144474134, 0.126967147];
  data.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(2e-7));
});

test('a part of the result is the part of the whole result', () => {
  const all = resize(picture, whole(7), whole(9), 'bilinear').data;
  const part = resize(
    picture,
    { size: 7, first: 2, count: 3 },
    { size: 9, first: 4, count: 2 },
    'bilinear',
  );
  expect([...part.data]).toEqual(
    [2, 3, 4].flatMap(y => Array.from(all.subarray(9 * y + 4, 9 * y + 6))),
  );
});

test('channels do not mix', () => {
  const two = {
    ...picture,
    dims: [2, 5, 6] as const,
    data: Uint8Array.from([...values.flat(), ...Array<number>(30).fill(9)]),
  };
  const { data } = resize(two, whole(3), whole(2), 'bilinear');
  expect([...data]).toEqual([72, 129, 88, 92, 3, 5, 9, 9, 9, 9, 9, 9]);
});

test('the same size changes nothing', () => {
  for (const resampling of ['bilinear', 'nearest'] as const)
    expect(resize(picture, whole(5), whole(6), resampling)).toEqual(picture);
});
