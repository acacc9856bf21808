import { Random } from '@nads/linalg';
import {
  batches,
  classCount,
  className,
  concatenate,
  imagesOfArray,
  plainPreprocessing,
  sample,
  subset,
  type LabelledImages,
} from '../src/index.js';

/** Images of one pixel whose value is their position. */
function pixels(
  labels: readonly number[],
  classNames?: readonly string[],
  file = 'x',
): LabelledImages {
  const data = Uint8Array.from(labels, (_, i) => i);
  return imagesOfArray({ dtype: 'uint8', shape: [labels.length, 1, 1], data }, file, {
    labels: { dtype: 'int32', shape: [labels.length], data: Int32Array.from(labels) },
    classNames,
  });
}

const values = (images: LabelledImages): number[] =>
  Array.from({ length: images.count }, (_, i) => images.image(i).data[0]);

test('a subset keeps order, labels and names', () => {
  const chosen = subset(pixels([5, 6, 7]), [2, 0, 2]);
  expect(chosen).toMatchObject({ count: 3, dims: [1, 1, 1], labels: Int32Array.of(7, 5, 7) });
  expect(values(chosen)).toEqual([2, 0, 2]);
  expect(chosen.nameOf(0)).toBe('x, image 2');
  expect(values(subset(chosen, Uint32Array.of(1)))).toEqual([0]);
});

test('a subset of nothing, or of what is not there, is refused', () => {
  expect(() => subset(pixels([1]), [])).toThrow('no image chosen; choose at least one');
  for (const index of [1, -1, 0.5, NaN])
    expect(() => subset(pixels([1]), [index])).toThrow(`image ${index} is out of range, 0 to 0`);
});

test('classes are called by their names, or by their numbers', () => {
  expect([
    className(pixels([1], ['cat', 'dog']), 1),
    classCount(pixels([0], ['cat', 'dog'])),
  ]).toEqual(['dog', 2]);
  expect([className(pixels([4]), 4), classCount(pixels([4, 2]))]).toEqual(['4', 5]);
  expect(classCount({ ...pixels([4]), labels: undefined })).toBe(0);
});

const many = pixels(Array.from({ length: 240 }, (_, i) => i % 3));

test('a sample draws different images, in order, and the same ones for the same seed', () => {
  const drawn = values(sample(many, 50, new Random('sample')));
  expect(drawn).toEqual([...new Set(drawn)].toSorted((a, b) => a - b));
  expect(drawn.length).toBe(50);
  expect(values(sample(many, 50, new Random('sample')))).toEqual(drawn);
  expect(values(sample(many, 50, new Random('other')))).not.toEqual(drawn);
  expect(Math.max(...drawn)).toBeGreaterThan(200);
});

test('a sample of more than there are is refused', () => {
  const few = pixels([0, 1, 1], ['cat', 'dog']);
  expect(() => sample(few, 4, new Random(0))).toThrow(
    'the set has 3 images, 4 requested; ask for fewer',
  );
  expect(() => sample(few, 0, new Random(0))).toThrow(
    '0 images requested; give a positive integer',
  );
});

test('sets are put one after the other', () => {
  const whole = concatenate([
    pixels([1, 2], undefined, 'a'),
    pixels([3], undefined, 'b'),
    pixels([4], undefined, 'c'),
  ]);
  expect(whole).toMatchObject({ count: 4, dims: [1, 1, 1], labels: Int32Array.of(1, 2, 3, 4) });
  expect(values(whole)).toEqual([0, 1, 0, 0]);
  expect([0, 1, 2, 3].map(index => whole.nameOf(index))).toEqual([
    'a, image 0',
    'a, image 1',
    'b, image 0',
    'c, image 0',
  ]);
});

test('sets of different classes are not put together, those of different sizes have no common one', () => {
  expect(() => concatenate([pixels([0], ['cat']), pixels([0], ['dog'], 'y')])).toThrow(
    'concatenate: x, image 0 and y, image 0 come from sets of different classes',
  );
  expect(() => concatenate([pixels([0]), { ...pixels([0]), labels: undefined }])).toThrow(
    'different classes',
  );
  expect(() => concatenate([])).toThrow('give at least one');
  expect(concatenate([pixels([0]), { ...pixels([0]), dims: [1, 2, 2] }]).dims).toBeUndefined();
});

test('batches hold all images in order with their labels', () => {
  const found = [...batches(pixels([7, 8, 9]), { ...plainPreprocessing, range: 'stored' }, 2)];
  expect(
    found.map(({ first, images, labels }) => [first, images.shape, [...images.data], [...labels!]]),
  ).toEqual([
    [0, [2, 1, 1, 1], [0, 1], [7, 8]],
    [2, [1, 1, 1, 1], [2], [9]],
  ]);
});

test('only the images of one batch are asked for at a time', () => {
  const asked: number[] = [];
  const set = pixels([1, 2, 3, 4]);
  const watched = { ...set, image: (i: number) => (asked.push(i), set.image(i)) };
  const running = batches(watched, plainPreprocessing, 2);
  running.next();
  expect(asked).toEqual([0, 1]);
  running.next();
  expect(asked).toEqual([0, 1, 2, 3]);
});

test('an image that cannot be preprocessed is named by its place in the set', () => {
  const set = pixels([1, 2, 3]);
  const odd = {
    ...set,
    image: (i: number) =>
      i === 2 ? { dims: [2, 1, 1] as const, data: new Uint8Array(2) } : set.image(i),
  };
  expect(() => [...batches(odd, { ...plainPreprocessing, channels: 1 }, 2)]).toThrow(
    /^x, image 2: an image of 2/,
  );
  expect(() => [...batches(set, plainPreprocessing, 0)]).toThrow('a batch of 0 images');
});
