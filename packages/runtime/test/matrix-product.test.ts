import { matrix, multiply, plainProduct, Random, transpose } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { gramProduct, matrixProduct } from '../src/index.js';
import { nodeRuntime } from '../src/node.js';

const random = new Random(1);
const gaussian = (rows: number, columns: number) => {
  const a = matrix(rows, columns);
  random.fillNormal(a.data, 0, 1);
  return a;
};

test('products on the runtime are those of linalg in double precision', async () => {
  const product = await matrixProduct(nodeRuntime, 1);
  const [a, b] = [gaussian(7, 5), gaussian(5, 9)];
  const c = await product(a, b);
  expect([c.rows, c.columns]).toEqual([7, 9]);
  expectClose(c.data, multiply(a, b).data, { rtol: 1e-12, atol: 1e-13 });
});

test('a runtime without double precision leaves products to another', async () => {
  const single = {
    name: 'single',
    double: nodeRuntime,
    createSession: () => Promise.reject(new Error('single precision')),
  };
  const a = gaussian(3, 4);
  const products = [
    await (await matrixProduct(single, 1))(a, transpose(a)),
    await (await gramProduct(single, 1))!(a),
  ];
  for (const { data } of products)
    expectClose(data, multiply(a, transpose(a)).data, { rtol: 1e-12, atol: 1e-13 });
});

test('Gram products are a·aᵀ', async () => {
  const gram = await gramProduct(nodeRuntime, 1);
  const a = gaussian(6, 11);
  expectClose((await gram!(a)).data, multiply(a, transpose(a)).data, { rtol: 1e-12, atol: 1e-13 });
});

test('where doubles are slow, linalg multiplies', async () => {
  const slow = { ...nodeRuntime, slowDoubles: true };
  expect(await matrixProduct(slow)).toBe(plainProduct);
  expect(await gramProduct(slow)).toBeUndefined();
});
