import type { BoxCopy } from './box-copy.js';
import { instruction, wasmModule, type Code } from './wasm-encoding.js';

/** A host's memory that grows by pages. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of the host's WebAssembly, which the language's own library does not declare. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Record<string, Copy> };
};

/** Places and strides are in bytes. */
type Copy = (
  from: number,
  to: number,
  groups: number,
  last: number,
  rows: number,
  channels: number,
  fromRow: number,
  toRow: number,
  fromChannel: number,
  toChannel: number,
) => void;

const { localGet, localSet, localTee, i32Const, i32Add, i32Sub, loopWhile, v128Load, v128Store } =
  instruction;

const [from, to, groups, last, rows, channels, fromRow, toRow, fromChannel, toChannel] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
];
const [source, target, p, q, row, group] = [10, 11, 12, 13, 14, 15];

const assign = (local: number, value: Code): Code => [...value, ...localSet(local)];
const plus = (a: number, b: Code): Code => [...localGet(a), ...b, ...i32Add];
const advance = (pointer: number, distance: Code): Code => assign(pointer, plus(pointer, distance));
/** Counts down and leaves what remains. */
const countDown = (counter: number): Code => [
  ...localGet(counter),
  ...i32Const(1),
  ...i32Sub,
  ...localTee(counter),
];
const copyFour = (here: Code, there: Code): Code => [
  ...there,
  ...here,
  ...v128Load(0),
  ...v128Store(0),
];

/** Groups of four numbers, then the last four, which may be among them. */
const oneRow: Code = [
  ...assign(p, localGet(source)),
  ...assign(q, localGet(target)),
  ...assign(group, localGet(groups)),
  ...loopWhile([
    ...copyFour(localGet(p), localGet(q)),
    ...advance(p, i32Const(16)),
    ...advance(q, i32Const(16)),
    ...countDown(group),
  ]),
  ...copyFour(plus(source, localGet(last)), plus(target, localGet(last))),
];

const body: Code = loopWhile([
  ...assign(source, localGet(from)),
  ...assign(target, localGet(to)),
  ...assign(row, localGet(rows)),
  ...loopWhile([
    ...oneRow,
    ...advance(source, localGet(fromRow)),
    ...advance(target, localGet(toRow)),
    ...countDown(row),
  ]),
  ...advance(from, localGet(fromChannel)),
  ...advance(to, localGet(toChannel)),
  ...countDown(channels),
]);

/** Rows must have so many numbers. */
export const fewestColumns = 4;

/**
 * A memory, and copying of boxes of four columns and more within it, four numbers at a time.
 * @throws if the host has no WebAssembly with 128-bit vectors.
 */
export function wasmBoxCopy(): { memory: WasmMemory; copy: (box: BoxCopy) => void } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = wasmModule({ name: 'copy', parameters: 10, i32Locals: 6, v128Locals: 0, body });
  const { copy } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
    .exports;
  return {
    memory,
    copy: box =>
      copy(
        4 * box.from,
        4 * box.to,
        Math.max(1, Math.ceil(box.columns / 4) - 1),
        4 * (box.columns - 4),
        box.rows,
        box.channels,
        4 * box.fromRow,
        4 * box.toRow,
        4 * box.fromChannel,
        4 * box.toChannel,
      ),
  };
}
