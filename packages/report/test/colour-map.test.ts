import {
  channelsImage,
  diverging,
  divergingImage,
  sequential,
  sequentialImage,
} from '../src/index.js';

const brightness = ([red, green, blue]: readonly number[]) =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue;

test('the diverging map runs from blue over near white to red', () => {
  expect(diverging(0)).toEqual([5, 48, 97]);
  expect(diverging(1)).toEqual([103, 0, 31]);
  expect(brightness(diverging(0.5))).toBeGreaterThan(235);
});

test('the sequential map runs from dark violet to yellow, always brighter', () => {
  expect(sequential(0)).toEqual([68, 1, 84]);
  expect(sequential(1)).toEqual([253, 231, 37]);
  for (let t = 0.02; t <= 1; t += 0.02)
    expect(brightness(sequential(t))).toBeGreaterThan(brightness(sequential(t - 0.02)));
});

test('beyond its ends a map keeps its last colour', () => {
  expect(diverging(-3)).toEqual(diverging(0));
  expect(sequential(7)).toEqual(sequential(1));
});

test('a direction is scaled by its largest magnitude, so that zero is always the middle', () => {
  const { width, height, data } = divergingImage([-2, 0, 1, 4], 2, 2);
  expect([width, height]).toEqual([2, 2]);
  expect([...data]).toEqual([0.25, 0.5, 0.625, 1].flatMap(t => [...diverging(t)]));
});

test('energies are scaled by the largest', () => {
  expect([...sequentialImage([0, 1, 2], 1, 3).data]).toEqual(
    [0, 0.5, 1].flatMap(t => [...sequential(t)]),
  );
});

test('an image of zeros alone has the colour of zero', () => {
  expect([...divergingImage([0], 1, 1).data]).toEqual([...diverging(0.5)]);
  expect([...sequentialImage([0], 1, 1).data]).toEqual([...sequential(0)]);
  expect([...channelsImage([0, 0, 0], 1, 1).data]).toEqual([128, 128, 128]);
});

test('three channels become red, green and blue around mid grey', () => {
  const { data } = channelsImage([1, 0, 0, -1, 0.5, 0], 1, 2);
  expect([...data]).toEqual([255, 128, 192, 128, 1, 128]);
});

test('values of the wrong number or without a size are refused', () => {
  expect(() => divergingImage([1, 2, 3], 2, 2)).toThrow('4 values cannot be made of 3');
  expect(() => channelsImage([1, 2, 3, 4], 2, 2)).toThrow('12 values cannot be made of 4');
  expect(() => sequentialImage([1, NaN], 1, 2)).toThrow('value 1 of an image is NaN');
});
