import type { TileCapacity, TileKernel } from './tile-kernel.js';
import { instruction, wasmModule, type Code } from './wasm-encoding.js';

/** What is used of the host's WebAssembly, which the language's own library does not declare. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Record<string, Multiply> };
};

/** Addresses are in bytes. */
type Multiply = (
  left: number,
  right: number,
  product: number,
  leftPanels: number,
  rightPanels: number,
  depth: number,
) => void;

const { localGet, localSet, localTee, i32Const, i32Add, i32Sub, i32Mul, loopWhile } = instruction;
const { v128Load, v128Load64Splat, v128Store, v128Zero, f64x2Add, f64x2Mul } = instruction;

const [left, right, product, leftPanels, rightPanels, depth] = [0, 1, 2, 3, 4, 5];
const [a, b, i, k] = [6, 7, 8, 9];
const [rightLow, rightHigh, factor] = [10, 11, 12];
const firstSum = 13;
/** Bytes of four numbers, and of a tile. */
const [group, tile] = [32, 128];

const range = (n: number) => Array.from({ length: n }, (_, index) => index);
const advance = (pointer: number, distance: Code): Code => [
  ...localGet(pointer),
  ...distance,
  ...i32Add,
  ...localSet(pointer),
];
/** Counts down and leaves what remains. */
const countDown = (counter: number): Code => [
  ...localGet(counter),
  ...i32Const(1),
  ...i32Sub,
  ...localTee(counter),
];
const copy = (from: number, to: number): Code => [...localGet(from), ...localSet(to)];

/** sum += factor · (two numbers of the right panel). */
const accumulate = (sum: number, pair: number): Code => [
  ...localGet(sum),
  ...localGet(factor),
  ...localGet(pair),
  ...f64x2Mul,
  ...f64x2Add,
  ...localSet(sum),
];

/** One step in depth: the outer product of four numbers and four numbers. */
const outerProduct: Code = [
  ...localGet(b),
  ...v128Load(0),
  ...localSet(rightLow),
  ...localGet(b),
  ...v128Load(16),
  ...localSet(rightHigh),
  ...range(4).flatMap(row => [
    ...localGet(a),
    ...v128Load64Splat(8 * row),
    ...localSet(factor),
    ...accumulate(firstSum + 2 * row, rightLow),
    ...accumulate(firstSum + 2 * row + 1, rightHigh),
  ]),
];

/** One tile; afterwards `a` stands at the next left panel. */
const oneTile: Code = [
  ...range(8).flatMap(sum => [...v128Zero, ...localSet(firstSum + sum)]),
  ...copy(right, b),
  ...copy(depth, k),
  ...loopWhile([
    ...outerProduct,
    ...advance(a, i32Const(group)),
    ...advance(b, i32Const(group)),
    ...countDown(k),
  ]),
  ...range(8).flatMap(sum => [
    ...localGet(product),
    ...localGet(firstSum + sum),
    ...v128Store(16 * sum),
  ]),
  ...advance(product, i32Const(tile)),
];

const body: Code = loopWhile([
  ...copy(left, a),
  ...copy(leftPanels, i),
  ...loopWhile([...oneTile, ...countDown(i)]),
  ...advance(right, [...localGet(depth), ...i32Const(group), ...i32Mul]),
  ...countDown(rightPanels),
]);

const pageBytes = 65536;

/**
 * The tile kernel with two numbers per instruction.
 * Bit for bit the results of `jsTileKernel`: each number in a register is a sum of its own.
 * @throws if the host has no WebAssembly with 128-bit vectors.
 */
export function wasmTileKernel(capacity: TileCapacity): TileKernel {
  const leftBytes = 8 * capacity.left;
  const productStart = leftBytes + 8 * capacity.right;
  const totalBytes = productStart + 8 * capacity.product;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(totalBytes / pageBytes) });
  const bytes = wasmModule({ name: 'multiply', parameters: 6, i32Locals: 4, v128Locals: 11, body });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const { multiply } = instance.exports;
  return {
    left: new Float64Array(memory.buffer, 0, capacity.left),
    right: new Float64Array(memory.buffer, leftBytes, capacity.right),
    product: new Float64Array(memory.buffer, productStart, capacity.product),
    // The loops test at their end, so empty ones must not start.
    multiply(leftCount, rightCount, steps) {
      if (leftCount * rightCount * steps > 0)
        multiply(0, leftBytes, productStart, leftCount, rightCount, steps);
    },
  };
}
