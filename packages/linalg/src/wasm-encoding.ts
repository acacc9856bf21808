/**
 * The few pieces of the WebAssembly binary format that `wasmTileKernel` and `wasmBoxCopy` need.
 * Source: WebAssembly Core Specification 2.0, §5 (binary format).
 */
export type Code = readonly number[];

/** Unsigned LEB128 (§5.2.2). */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** Signed LEB128 (§5.2.2). */
function signed(value: number): Code {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}

const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const bytes = (code: Code): Code => [...unsigned(code.length), ...code];
const text = (value: string): Code => bytes(Array.from(value, letter => letter.charCodeAt(0)));
const section = (id: number, content: Code): Code => [id, ...bytes(content)];

/** Instructions (§5.4), named as in the specification's text format. */
export const instruction = {
  localGet: (index: number): Code => [0x20, ...unsigned(index)],
  localSet: (index: number): Code => [0x21, ...unsigned(index)],
  localTee: (index: number): Code => [0x22, ...unsigned(index)],
  i32Const: (value: number): Code => [0x41, ...signed(value)],
  i32Add: [0x6a] as Code,
  i32Sub: [0x6b] as Code,
  i32Mul: [0x6c] as Code,
  /** Repeats its body while the body leaves a non-zero i32 behind. */
  loopWhile: (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0, 0x0b],
  v128Load: (offset: number): Code => [0xfd, 0, 3, ...unsigned(offset)],
  v128Load64Splat: (offset: number): Code => [0xfd, 10, 3, ...unsigned(offset)],
  v128Store: (offset: number): Code => [0xfd, 11, 3, ...unsigned(offset)],
  v128Zero: [0xfd, 12, ...Array.from({ length: 16 }, () => 0)] as Code,
  f64x2Add: [0xfd, ...unsigned(0xf0)] as Code,
  f64x2Mul: [0xfd, ...unsigned(0xf2)] as Code,
};

const i32 = 0x7f;
const v128 = 0x7b;

/** One exported function of i32 parameters over an imported memory. */
export interface WasmFunction {
  /** Name under which the function is exported; the memory is imported as `env.memory`. */
  name: string;
  parameters: number;
  i32Locals: number;
  v128Locals: number;
  body: Code;
}

/** The letters '\\0asm' and version 1. */
const header: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The module holding one function (§5.5). */
export function wasmModule(f: WasmFunction): Uint8Array {
  const locals = vector([
    [...unsigned(f.i32Locals), i32],
    [...unsigned(f.v128Locals), v128],
  ]);
  return Uint8Array.from([
    ...header,
    ...section(1, vector([[0x60, ...bytes(Array.from({ length: f.parameters }, () => i32)), 0]])),
    ...section(2, vector([[...text('env'), ...text('memory'), 2, 0, 1]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...text(f.name), 0, 0]])),
    ...section(10, vector([bytes([...locals, ...f.body, 0x0b])])),
  ]);
}
