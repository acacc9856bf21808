import { diverging, gallery, sequential, textImage, type RasterImage } from '../src/index.js';

const colourAt = ({ width, data }: RasterImage, x: number, y: number) =>
  Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));

/** Two 2×2 directions with their energies, drawn 20 times as large. */
const options = {
  directions: [
    [1, 0, 0, -1],
    [0, 2, 0, 0],
  ],
  energies: [
    [0, 4, 0, 2],
    [1, 1, 1, 1],
  ],
  height: 2,
  width: 2,
  scale: 20,
};

test('each direction is drawn above its energy, column by column', () => {
  const picture = gallery(options);
  const [margin, side, gap, gutter] = [12, 20, 4, 12];
  expect(colourAt(picture, margin, margin)).toEqual([...diverging(1)]);
  expect(colourAt(picture, margin + side, margin)).toEqual([...diverging(0.5)]);
  expect(colourAt(picture, margin + side, margin + side)).toEqual([...diverging(0)]);
  expect(colourAt(picture, margin, margin + 2 * side + gap - 1)).toEqual([255, 255, 255]);
  expect(colourAt(picture, margin + side, margin + 2 * side + gap)).toEqual([...sequential(1)]);
  const second = margin + 2 * side + gutter;
  expect(colourAt(picture, second - 1, margin)).toEqual([255, 255, 255]);
  expect(colourAt(picture, second + side, margin)).toEqual([...diverging(1)]);
});

test('the picture is as large as its columns and rows, whatever the number of directions', () => {
  const [cellWidth, cellHeight] = [40, 40 + 4 + 40 + 4 + 9];
  expect(sizeOf(gallery(options))).toEqual([12 + 2 * cellWidth + 12 + 12, 12 + cellHeight + 12]);
  expect(sizeOf(gallery({ ...options, columns: 1 }))).toEqual([
    12 + cellWidth + 12,
    12 + 2 * cellHeight + 16 + 12,
  ]);
  expect(sizeOf(gallery({ ...options, directions: [], energies: [] }))).toEqual([24, 24]);
});

const sizeOf = ({ width, height }: RasterImage) => [width, height];

test('without a scale, images are drawn about 96 pixels wide', () => {
  const zeros = new Float64Array(32 * 32);
  const picture = gallery({ directions: [zeros], energies: [zeros], height: 32, width: 32 });
  expect(picture.width).toBe(12 + 96 + 12);
});

test('the number is printed below, or the label where one is given', () => {
  for (const [labels, text] of [
    [undefined, '1'],
    [['first', 'second'], 'first'],
  ] as const) {
    const { width, data } = textImage(text);
    expect(crop(gallery({ ...options, labels }), 12, 12 + 88, width, 9)).toEqual(data);
  }
});

test('eigenvalues are printed with three digits, ending where the images end', () => {
  const grey = [110, 110, 110] as const;
  for (const [eigenvalue, text] of [
    [0.01971, '0.0197'],
    [1.2345e-5, '1.23e-5'],
    [2, '2.00'],
  ] as const) {
    const picture = gallery({ ...options, scale: 32, eigenvalues: [eigenvalue, 0] });
    const expected = textImage(text, 1, grey);
    const { width } = expected;
    expect(crop(picture, 12 + 64 - width, 12 + 64 + 4 + 64 + 4, width, 9)).toEqual(expected.data);
  }
});

test('columns widen where a caption is wider than the images', () => {
  const narrow = gallery({ ...options, scale: 1, eigenvalues: [1e-7, 1e-7] });
  const caption = textImage('1').width + 4 + textImage('1.00e-7').width;
  expect(narrow.width).toBeGreaterThanOrEqual(12 + 2 * caption + 12 + 12);
});

test('directions in colour are drawn around mid grey', () => {
  const colour = {
    ...options,
    channels: 3 as const,
    directions: [[1, 0, 0, 0, ...Array<number>(8).fill(0)]],
  };
  const picture = gallery({ ...colour, energies: [[0, 0, 0, 1]] });
  expect(colourAt(picture, 12, 12)).toEqual([255, 128, 128]);
  expect(colourAt(picture, 12 + 39, 12 + 39)).toEqual([128, 128, 128]);
});

test('a missing energy or a direction of the wrong size is refused', () => {
  expect(() => gallery({ ...options, energies: [] })).toThrow(
    '2 directions need as many energies, got 0',
  );
  expect(() => gallery({ ...options, width: 3 })).toThrow('6 values cannot be made of 4');
});

function crop(
  { width, data }: RasterImage,
  x: number,
  y: number,
  w: number,
  h: number,
): Uint8Array {
  const rows = Array.from({ length: h }, (_, row) => {
    const from = 3 * ((y + row) * width + x);
    return Array.from(data.subarray(from, from + 3 * w));
  });
  return Uint8Array.from(rows.flat());
}
