import type { TileCapacity, TileKernel } from './tile-kernel.js';

/** The tile kernel in plain JavaScript, for hosts without WebAssembly. */
export function jsTileKernel(capacity: TileCapacity): TileKernel {
  const left = new Float64Array(capacity.left);
  const right = new Float64Array(capacity.right);
  const product = new Float64Array(capacity.product);
  return {
    left,
    right,
    product,
    multiply(leftPanels, rightPanels, depth) {
      for (let j = 0, at = 0; j < rightPanels; j++)
        for (let i = 0; i < leftPanels; i++)
          for (let row = 0; row < 4; row++, at += 4)
            tileRow(left, 4 * i * depth + row, right, 4 * j * depth, depth, product, at);
    },
  };
}

/** Four sums of one row of a tile. */
function tileRow(
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
  depth: number,
  product: Float64Array,
  at: number,
): void {
  let c0 = 0;
  let c1 = 0;
  let c2 = 0;
  let c3 = 0;
  for (let k = 0; k < 4 * depth; k += 4) {
    const x = left[a + k];
    c0 += x * right[b + k];
    c1 += x * right[b + k + 1];
    c2 += x * right[b + k + 2];
    c3 += x * right[b + k + 3];
  }
  product[at] = c0;
  product[at + 1] = c1;
  product[at + 2] = c2;
  product[at + 3] = c3;
}
