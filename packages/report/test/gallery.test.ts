import { gallery, sheetImage, sheetSvg, diverging, sequential, type Sheet } from '../src/index.js';
import { checkSvg, texts } from './svg-marks.js';

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
  side: 20,
};
const [margin, gap, gutter] = [8, 2, 6];

const placesOf = ({ images }: Sheet) => images.map(({ x, y }) => [x, y]);
const textsOf = ({ texts: lines }: Sheet) => lines.map(({ text }) => text);
/** What stands below the pairs of the last row. */
const captionsOf = ({ texts: lines }: Sheet) => {
  const lowest = Math.max(...lines.map(({ y }) => y));
  return lines.filter(({ y }) => y === lowest).map(({ text }) => text);
};
const pixels = ({ images }: Sheet, i: number) => [...images[i].image.data];

test('each direction is drawn above its energy, column by column', () => {
  const sheet = gallery(options);
  const first = margin + 7 + gap; // a frequency on the left
  const second = first + 40 + gutter;
  const below = margin + 40 + gap;
  expect(placesOf(sheet)).toEqual([
    [first, margin],
    [first, below],
    [second, margin],
    [second, below],
  ]);
  expect(pixels(sheet, 0)).toEqual([1, 0.5, 0.5, 0].flatMap(diverging));
  expect(pixels(sheet, 1)).toEqual([0, 1, 0, 0.5].flatMap(sequential));
});

test('rows stand below each other, whatever the number of directions', () => {
  const one = gallery({ ...options, columns: 1 });
  expect(placesOf(one).map(([x]) => x)).toEqual(Array(4).fill(margin + 7 + gap));
  const empty = gallery({ ...options, directions: [], energies: [] });
  expect([empty.images, empty.texts]).toEqual([[], []]);
});

test('without a side, images are drawn about 48 wide', () => {
  const zeros = new Float64Array(32 * 32);
  const [image] = gallery({ directions: [zeros], energies: [zeros], height: 32, width: 32 }).images;
  expect(image.side * 32).toBe(48);
});

test('the index from 0 is printed below, or the label where one is given', () => {
  expect(captionsOf(gallery(options))).toEqual(['0', '1']);
  expect(captionsOf(gallery({ ...options, labels: ['first', 'second'] }))).toEqual([
    'first',
    'second',
  ]);
});

test('values are printed with few digits, ending where the images end', () => {
  const sheet = gallery({ ...options, side: 32, values: [0.01971, 1.2345e-5] });
  expect(captionsOf(sheet)).toEqual(['0', '0.0197', '1', '1.2e-5']);
  const wide = gallery({ ...options, side: 2, values: [0.01971, 1.2345e-5] });
  const first = wide.texts.find(({ text }) => text === '0.0197')!;
  const second = wide.texts.find(({ text }) => text === '1')!;
  expect(first.x).toBeLessThan(second.x);
});

test('errors stand below values, and a star marks what is distinguishable from noise', () => {
  const values = [0.0197, 1.2e-5];
  const sheet = gallery({
    ...options,
    side: 32,
    values,
    errors: [3.4e-4, NaN],
    resolved: 1,
    legend: '',
  });
  const all = textsOf(sheet);
  expect(all).toEqual(expect.arrayContaining(['0*', '± 3e-4', '1']));
  expect(all.join(' ')).toContain('*: distinguishable from noise.');
  expect(sheet.hints.map(({ text }) => text)).toEqual([
    '0: 0.0197 ± 3e-4, distinguishable from noise',
    '1: 1.2e-5, not distinguishable from noise',
  ]);
  expect(gallery(options).hints.map(({ text }) => text)).toEqual(['0', '1']);
});

test('axes of energies have frequencies where their pixels are', () => {
  const zeros = new Float64Array(32 * 32);
  const many = { directions: [zeros, zeros], energies: [zeros, zeros], height: 32, width: 32 };
  const sheet = gallery({ ...many, columns: 1, side: 2 });
  expect(textsOf(sheet)).toEqual(['−16', '0', '15', '0', '−16', '0', '15', '−16', '0', '15', '1']);
  const energy = sheet.images[3];
  const zero = sheet.texts.filter(({ text }) => text === '0').at(-1)!;
  expect(zero.x + 3.5).toBe(energy.x + 2 * 16.5);
});

test('every image has a frame', () => {
  const sheet = gallery(options);
  const framesOf = sheet.frames.map(({ x, y, width }) => [x, y, width]);
  expect(framesOf).toEqual(sheet.images.map(({ x, y, side, image }) => [x, y, side * image.width]));
  expect(sheetSvg(sheet).match(/stroke-width="0.5"/gu)?.length).toBe(4);
});

test('directions in colour are drawn around mid grey', () => {
  const directions = [[1, 0, 0, 0, ...Array<number>(8).fill(0)]];
  const sheet = gallery({ ...options, channels: 3, directions, energies: [[0, 0, 0, 1]] });
  expect(pixels(sheet, 0).slice(0, 6)).toEqual([255, 128, 128, 128, 128, 128]);
});

test.each([2, 4, 5])('%d channels stand one above the other, in one scale', channels => {
  const direction = Array.from({ length: 4 * channels }, (_, i) => i);
  const [{ image }] = gallery({
    ...options,
    channels,
    directions: [direction],
    energies: [[1, 1, 1, 1]],
  }).images;
  expect([image.height, image.width]).toEqual([2 * channels, 2]);
  expect([...image.data.subarray(-3)]).toEqual([...diverging(1)]);
  expect([...image.data.subarray(0, 3)]).toEqual([...diverging(0.5)]);
});

test('a title is wrapped, and a legend says what colours and numbers mean', () => {
  const title = 'NADs of a-model-with-a-long-name-of-many-words.onnx, 10 networks';
  const sheet = gallery({ ...options, title, legend: 'Numbers: index from 0.' });
  const all = textsOf(sheet).join(' ');
  expect(textsOf(sheet).filter((_, i) => sheet.texts[i].bold).length).toBeGreaterThan(1);
  for (const words of ['direction', '−max', 'Fourier energy', 'Numbers: index from 0.'])
    expect(all).toContain(words);
  for (const { x, text } of sheet.texts) expect(x + 4 * text.length).toBeLessThan(sheet.width);
});

test('both drawings show the same', () => {
  const sheet = gallery({ ...options, values: [1, 2], title: 'Étude <1>', legend: 'a & b' });
  const svg = sheetSvg(sheet);
  checkSvg(svg);
  expect(svg.match(/<image /gu)?.length).toBe(sheet.images.length);
  expect(texts(svg)).toContain('&#60;1&#62;'.replace(/^/u, 'Étude '));
  const { width, height, data } = sheetImage(sheet);
  expect([width, height]).toEqual([2 * sheet.width, 2 * sheet.height].map(Math.ceil));
  const { x, y } = sheet.images[0];
  const at = 3 * (2 * y * width + 2 * x);
  expect([...data.subarray(at, at + 3)]).toEqual([...diverging(1)]);
});

test('a missing energy or a direction of the wrong size is refused', () => {
  expect(() => gallery({ ...options, energies: [] })).toThrow(
    '2 directions need as many energies, got 0',
  );
  expect(() => gallery({ ...options, width: 3 })).toThrow('6 values cannot be made of 4');
});
