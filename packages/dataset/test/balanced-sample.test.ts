import { Random } from '@nads/linalg';
import { balancedSample, type LabelledImages } from '../src/index.js';

describe('a balanced sample', () => {
  const set = (labels?: number[], count = labels?.length ?? 10): LabelledImages => ({
    count,
    labels: labels && Int32Array.from(labels),
    image: index => ({ dims: [1, 1, 1], data: Uint8Array.of(index) }),
    nameOf: String,
  });
  const chosen = (images: LabelledImages, count: number, seed = 0) => {
    const found = balancedSample(images, count, new Random(seed));
    return Array.from({ length: found.count }, (_, i) => found.image(i).data[0]);
  };

  test('takes as many of each class, and all of a class that has fewer', () => {
    const labels = [0, 0, 0, 0, 0, 1, 2, 2, 2, 2];
    const countsOf = (count: number, seed = 0) => {
      const indices = chosen(set(labels), count, seed);
      expect(indices).toEqual(indices.toSorted((a, b) => a - b));
      return [0, 1, 2].map(label => indices.filter(i => labels[i] === label).length);
    };
    expect(countsOf(6)).toEqual([2, 1, 2]);
    expect(countsOf(3)).toEqual([1, 1, 1]);
    expect(countsOf(9)).toEqual([4, 1, 4]);
  });

  test('takes one of some classes where there are more of them than images', () => {
    // class 1 has none
    const labels = Array.from({ length: 30 }, (_, i) => [0, 2, 3][i % 3]);
    const found = Array.from({ length: 20 }, (_, seed) => {
      const indices = chosen(set(labels), 2, seed);
      return indices.map(i => labels[i]);
    });
    for (const classes of found) expect([classes.length, new Set(classes).size]).toEqual([2, 2]);
    expect(new Set(found.flat())).toEqual(new Set([0, 2, 3]));
  });

  test('draws the same images of a class, whatever the other classes hold', () => {
    const ofClassOne = (others: number) =>
      chosen(set([1, 1, 1, 1, 1, ...Array<number>(others).fill(0)]), 4).filter(i => i < 5);
    expect(ofClassOne(5)).toHaveLength(2);
    expect(ofClassOne(9)).toEqual(ofClassOne(5));
  });

  test('follows its seed, and takes all where there are no more', () => {
    expect(chosen(set(), 4)).toHaveLength(4);
    expect(chosen(set(), 4)).toEqual(chosen(set(), 4));
    expect(chosen(set(), 4)).not.toEqual(chosen(set(), 4, 1));
    expect(chosen(set([0, 0, 1]), 3)).toEqual([0, 1, 2]);
  });
});
