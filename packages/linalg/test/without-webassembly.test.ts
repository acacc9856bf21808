import { expectClose } from '@nads/testing';

/** The package as a host without WebAssembly loads it. */
async function loadWithoutWebAssembly() {
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  return import('../src/index.js');
}

test('a host without WebAssembly gets the same answers', async () => {
  const { fromRows, multiply, symmetricEigen } = await loadWithoutWebAssembly();
  const a = fromRows([
    [2, 0, 0],
    [0, 3, 4],
    [0, 4, 9],
  ]);
  expect('WebAssembly' in globalThis).toBe(false);
  expect([...multiply(a, a).data]).toEqual([4, 0, 0, 0, 25, 48, 0, 48, 97]);
  expectClose(symmetricEigen(a).values, [11, 2, 1], { rtol: 1e-14 });
});
