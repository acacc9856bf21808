import * as fc from 'fast-check';
import { Random } from '../src/index.js';
import { jsTileKernel } from '../src/js-tile-kernel.js';
import { tileSize, type TileKernel } from '../src/tile-kernel.js';
import { wasmTileKernel } from '../src/wasm-tile-kernel.js';

const capacity = { left: 4096, right: 4096, product: 4096 };
const kernels = { 'plain JavaScript': jsTileKernel, WebAssembly: wasmTileKernel };

function fill(kernel: TileKernel, seed: number): void {
  new Random(seed).fillNormal(kernel.left, 0, 1);
  new Random(seed + 1).fillNormal(kernel.right, 0, 1);
  kernel.product.fill(NaN);
}

test.each(Object.entries(kernels))('%s multiplies one tile as worked out by hand', (_, create) => {
  const kernel = create({ left: 8, right: 8, product: 16 });
  kernel.left.set([1, 2, 3, 4, 1, 0, 0, 1]);
  kernel.right.set([1, 10, 100, 1000, 5, 6, 7, 8]);
  kernel.multiply(1, 1, 2);
  const expected = [6, 16, 107, 1008, 2, 20, 200, 2000, 3, 30, 300, 3000, 9, 46, 407, 4008];
  expect([...kernel.product]).toEqual(expected);
});

test('both kernels give the same bits', () => {
  const plain = jsTileKernel(capacity);
  const wasm = wasmTileKernel(capacity);
  const count = fc.integer({ min: 1, max: 8 });
  fc.assert(
    fc.property(count, count, fc.integer({ min: 1, max: 128 }), (left, right, depth) => {
      for (const kernel of [plain, wasm]) {
        fill(kernel, depth);
        kernel.multiply(left, right, depth);
      }
      expect(wasm.product).toEqual(plain.product);
      expect(Number.isNaN(wasm.product[left * right * tileSize ** 2])).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('nothing to multiply leaves the memory alone', () => {
  const kernel = wasmTileKernel(capacity);
  fill(kernel, 1);
  kernel.multiply(0, 3, 5);
  kernel.multiply(3, 0, 5);
  expect(kernel.product.every(Number.isNaN)).toBe(true);
});
