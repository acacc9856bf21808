import { rowProduct } from '../src/index.js';
import { nodeRuntime } from '../src/node.js';

const rows = (...numbers: number[]): Float32Array => Float32Array.from(numbers);

test('products of rows in single precision are worked out in double precision', async () => {
  const product = await rowProduct(nodeRuntime, 1);
  const a = { count: 2, parts: [{ right: rows(1e8, 1, 3, 4) }] };
  const b = { count: 3, parts: [{ right: rows(1, 1, -1, 2, 0, 5) }] };
  const { rows: n, columns: m, data } = await product(a, b);
  expect([n, m, ...data]).toEqual([2, 3, 1e8 + 1, 2 - 1e8, 5, 7, 5, 20]);
});

test('parts add up, outer products by their factors', async () => {
  const product = await rowProduct(nodeRuntime, 1);
  // (1, 2) ⊗ (3) = (3, 6) and (7), against (1, 1) ⊗ (2) = (2, 2) and (−1): 6 + 12 − 7
  const a = { count: 1, parts: [{ left: rows(1, 2), right: rows(3) }, { right: rows(7) }] };
  const b = { count: 1, parts: [{ left: rows(1, 1), right: rows(2) }, { right: rows(-1) }] };
  expect([...(await product(a, b)).data]).toEqual([11]);
  const second = { count: 1, parts: [{ right: rows(1, 2) }] };
  expect([...(await product(second, second)).data]).toEqual([5]);
});
