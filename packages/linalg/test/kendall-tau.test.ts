import { kendallTau } from '../src/kendall-tau.js';
import { Random } from '../src/random.js';

test.each([
  [[1, 2, 3], [10, 20, 1000], 1],
  [[1, 2, 3], [3, 0, -5], -1],
  // five pairs of six in order
  [[1, 2, 3, 4], [2, 1, 7, 8], 4 / 6],
  // one pair tied in x, the others in order: 2 / √(2 · 3)
  [[1, 1, 2], [1, 2, 3], 2 / Math.sqrt(6)],
  // tied in both does not count: 2 / √(2 · 2)
  [[1, 1, 2], [5, 5, 6], 1],
  [[1, -Infinity, Infinity], [2, 1, 3], 1],
])('of %j and %j', (x, y, expected) => {
  expect(kendallTau(x, y)).toBeCloseTo(expected, 14);
});

test('of many values with ties it is what counting pairs gives', () => {
  const draw = (name: string): Float64Array => {
    const values = new Float64Array(60);
    new Random(name).fillNormal(values, 0, 3);
    return values.map(Math.round);
  };
  const [x, y] = [draw('x'), draw('y')];
  let [difference, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      difference += Math.sign(x[i] - x[j]) * Math.sign(y[i] - y[j]);
      untiedX += Number(x[i] !== x[j]);
      untiedY += Number(y[i] !== y[j]);
    }
  expect(kendallTau(x, y)).toBeCloseTo(difference / Math.sqrt(untiedX * untiedY), 14);
});

test('of a constant there is none', () => {
  expect(kendallTau([1, 1], [1, 2])).toBeNaN();
  expect(() => kendallTau([1], [1, 2])).toThrow('1 values with 2');
});
