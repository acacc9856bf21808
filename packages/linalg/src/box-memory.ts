import { copyBox, type BoxCopy } from './box-copy.js';
import { fewestColumns, wasmBoxCopy, type WasmMemory } from './wasm-box-copy.js';

/** A stack of float32 numbers, within which boxes are copied. */
export interface BoxMemory {
  /** All numbers; another array once more have been reserved than ever before. */
  readonly numbers: Float32Array;
  /** How many are in use. */
  readonly used: number;
  /** Takes so many more, and says the place of the first. */
  reserve(count: number): number;
  /** Gives back what was reserved since so many were in use; it stays as it is until reserved again. */
  release(used: number): void;
  /** Copies a box; both places must not overlap. */
  copy(box: BoxCopy): void;
}

/** A memory of WebAssembly, where copying takes a quarter of the time; where the host has none, a plain array. */
export function boxMemory(): BoxMemory {
  try {
    return new WasmBoxMemory();
  } catch {
    return new PlainBoxMemory();
  }
}

class PlainBoxMemory implements BoxMemory {
  numbers = new Float32Array(0);
  used = 0;

  reserve(count: number): number {
    const first = this.used;
    this.used += count;
    if (this.used > this.numbers.length) this.grow(this.used);
    return first;
  }

  release(used: number): void {
    this.used = used;
  }

  copy(box: BoxCopy): void {
    copyBox(this.numbers, box);
  }

  protected grow(length: number): void {
    const { numbers } = this;
    this.numbers = new Float32Array(length);
    this.numbers.set(numbers);
  }
}

const pageBytes = 65536;

class WasmBoxMemory extends PlainBoxMemory {
  private readonly memory: WasmMemory;
  private readonly copyWide: (box: BoxCopy) => void;

  constructor() {
    super();
    const { memory, copy } = wasmBoxCopy();
    this.memory = memory;
    this.copyWide = copy;
    this.numbers = new Float32Array(memory.buffer);
  }

  override copy(box: BoxCopy): void {
    const joined = withoutGaps(box);
    const isEmpty = joined.channels * joined.rows * joined.columns === 0;
    // the loops of the kernel test at their end, so empty ones must not start
    if (joined.columns < fewestColumns || isEmpty) copyBox(this.numbers, joined);
    else this.copyWide(joined);
  }

  protected override grow(length: number): void {
    const missing = 4 * length - this.memory.buffer.byteLength;
    this.memory.grow(Math.ceil(missing / pageBytes));
    this.numbers = new Float32Array(this.memory.buffer);
  }
}

/** The same box with rows as one row where they follow each other without gaps, and channels likewise. */
function withoutGaps(box: BoxCopy): BoxCopy {
  const { channels, rows, columns } = box;
  if (box.fromRow !== columns || box.toRow !== columns) return box;
  const area = rows * columns;
  const flat = { ...box, rows: 1, columns: area };
  if (box.fromChannel !== area || box.toChannel !== area) return flat;
  return { ...flat, channels: 1, columns: channels * area };
}
