import { expectClose, relativeError } from '../src/index.js';

test('equal arrays are close, of any kind', () => {
  expectClose(Float32Array.of(1, 2), [1, 2], { rtol: 0 });
});

test('the worst place is named with both values', () => {
  expect(() => expectClose([1, 2, 3], [1, 2.1, 4])).toThrow(
    'values differ most at 2: expected 4, got 3',
  );
});

test('tolerances add: absolute and relative', () => {
  expectClose([1.05, 0.05], [1, 0], { rtol: 0.01, atol: 0.05 });
  expect(() => expectClose([1.07], [1], { rtol: 0.01, atol: 0.05 })).toThrow('differ');
});

test('NaN is close to nothing', () => {
  expect(() => expectClose([NaN], [NaN], { atol: 1 })).toThrow('differ');
});

test('other lengths are an error', () => {
  expect(() => expectClose([1], [1, 2])).toThrow('expected 2 values, got 1');
});

test('the relative error is that of Frobenius norms', () => {
  expect(relativeError([3, 4.5], [3, 4])).toBeCloseTo(0.1);
});
