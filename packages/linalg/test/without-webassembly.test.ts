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

test('and the same memory', async () => {
  const { boxMemory } = await loadWithoutWebAssembly();
  const memory = boxMemory();
  const [from, to] = [memory.reserve(6), memory.reserve(70_000)];
  memory.numbers.set([1, 2, 3, 4, 5, 6], from);
  const strides = { fromChannel: 6, fromRow: 3, toChannel: 4, toRow: 2 };
  memory.copy({ channels: 1, rows: 2, columns: 2, from: from + 1, to, ...strides });
  expect([...memory.numbers.subarray(to, to + 5)]).toEqual([2, 3, 5, 6, 0]);
});
