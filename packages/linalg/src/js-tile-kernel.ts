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
          for (let row = 0; row < 4; row += 2, at += 8)
            twoRows(left, 4 * i * depth + row, right, 4 * j * depth, depth, product, at);
    },
  };
}

/** Two rows of a tile: eight sums are as many as stay in registers. */
function twoRows(
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
  depth: number,
  product: Float64Array,
  at: number,
): void {
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  for (let k = 0; k < 4 * depth; k += 4) {
    const x = left[a + k];
    const y = left[a + k + 1];
    let z = right[b + k];
    c00 += x * z;
    c10 += y * z;
    z = right[b + k + 1];
    c01 += x * z;
    c11 += y * z;
    z = right[b + k + 2];
    c02 += x * z;
    c12 += y * z;
    z = right[b + k + 3];
    c03 += x * z;
    c13 += y * z;
  }
  setFour(product, at, c00, c01, c02, c03);
  setFour(product, at + 4, c10, c11, c12, c13);
}

function setFour(
  out: Float64Array,
  at: number,
  x0: number,
  x1: number,
  x2: number,
  x3: number,
): void {
  out[at] = x0;
  out[at + 1] = x1;
  out[at + 2] = x2;
  out[at + 3] = x3;
}
