import {
  diverging,
  heatMap,
  heatOverlay,
  pictureImage,
  sequential,
  type RasterImage,
} from '../src/index.js';

const pixel = ({ data }: RasterImage, i: number) => [...data.subarray(3 * i, 3 * i + 3)];

/** 101 pixels: 99 of 0, then these two. */
const row = (...last: readonly [number, number]) => ({
  values: [...Array.from({ length: 99 }, (_, i) => (i < 3 ? [1, -1, 0.5][i] : 0)), ...last],
  height: 1,
  width: 101,
});

test('values are scaled to the 99th percentile, and beyond it all look the same', () => {
  const map = heatMap({ ...row(-2, 100), signed: true });
  // Of 101 magnitudes, the one before the largest is the 99th percentile: 2.
  expect(pixel(map, 0)).toEqual([...diverging(0.75)]);
  expect(pixel(map, 1)).toEqual([...diverging(0.25)]);
  expect(pixel(map, 99)).toEqual([...diverging(0)]);
  expect(pixel(map, 100)).toEqual([...diverging(1)]);
  expect(pixel(map, 50)).toEqual([...diverging(0.5)]);
});

test('values without a sign go from dark violet to yellow', () => {
  const map = heatMap({ ...row(2, 2), signed: false });
  expect([pixel(map, 50), pixel(map, 2), pixel(map, 100)]).toEqual([
    [...sequential(0)],
    [...sequential(0.25)],
    [...sequential(1)],
  ]);
});

test('where nearly all values are zero, the largest gives the scale', () => {
  const map = heatMap({
    values: [...Array.from({ length: 100 }, () => 0), 5],
    height: 1,
    width: 101,
    signed: false,
  });
  expect(pixel(map, 100)).toEqual([...sequential(1)]);
  const nothing = heatMap({ values: [0, 0], height: 1, width: 2, signed: true });
  expect(pixel(nothing, 0)).toEqual([...diverging(0.5)]);
});

test('over a picture, large values hide it and small ones leave it in pale grey', () => {
  const picture = pictureImage([1, 0, 1, 0, 0, 1, 0, 0, 1], 1, 3);
  const overlay = heatOverlay(picture, { values: [0, 0, 3], height: 1, width: 3, signed: true });
  expect(pixel(overlay, 0)).toEqual(
    [204, 204, 204].map(() => Math.round(127.5 + (0.299 * 255) / 2)),
  );
  expect(pixel(overlay, 1)).toEqual([128, 128, 128].map(() => Math.round(127.5)));
  expect(pixel(overlay, 2)).toEqual([...diverging(1)]);
});

test('what does not fit is refused', () => {
  const picture = pictureImage([0, 1], 1, 2);
  const map = { height: 1, width: 3, signed: true };
  expect(() => heatOverlay(picture, { ...map, values: [1, 2, 3] })).toThrow('does not fit');
  expect(() => heatMap({ ...map, values: [1, 2] })).toThrow('2 values are not a heat map of 3×1');
  expect(() => heatMap({ ...map, values: [1, NaN, 2] })).toThrow('value 1 of a heat map is NaN');
});

test('pictures are of numbers from 0 to 1, in grey or in colour', () => {
  expect(pixel(pictureImage([0.5], 1, 1), 0)).toEqual([128, 128, 128]);
  expect(pixel(pictureImage([-1, 0.2, 7], 1, 1), 0)).toEqual([0, 51, 255]);
  expect(() => pictureImage([1, 2, 3], 1, 2)).toThrow('3 values are not a picture of 2×1');
});

test.each([2, 4, 5])('of %d channels a picture is their mean in grey', channels => {
  const values = Array.from({ length: 2 * channels }, (_, i) => (i % 2 === 0 ? 0.2 : 1));
  const picture = pictureImage(values, 1, 2);
  expect([pixel(picture, 0), pixel(picture, 1)]).toEqual([
    [51, 51, 51],
    [255, 255, 255],
  ]);
});
