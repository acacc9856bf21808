import { murmur3 } from './murmur3.js';
import { outsideCore, ziggurat } from './ziggurat.js';

const root = new Int32Array(4);
const warmUp = 15;
const blockLength = 1024;
const block = new Uint32Array(blockLength);
const twoTo32 = 2 ** 32;
const twoToMinus52 = 2 ** -52;

const { widths, cores } = ziggurat;

/** A multiple of 2⁻⁵² in [−1, 1) from the upper 21 bits of one word and all of another. */
const signedFraction = (high: number, low: number) => ((high >> 11) * twoTo32 + low) * twoToMinus52;

/** Draws `out.length` words. The state lives in locals: fields would cost several times the arithmetic. */
function advance(state: Int32Array, out: Uint32Array): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let counter = state[3];
  for (let i = 0; i < out.length; i++) {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    out[i] = sum;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}

/** Numbers as eight bytes and strings as UTF-16, behind a byte that keeps 1 and '1' apart. */
function labelBytes(label: string | number): Uint8Array {
  const isNumber = typeof label === 'number';
  const view = new DataView(new ArrayBuffer(1 + (isNumber ? 8 : 2 * label.length)));
  view.setUint8(0, isNumber ? 1 : 2);
  if (isNumber) view.setFloat64(1, label + 0, true);
  else for (let i = 0; i < label.length; i++) view.setUint16(1 + 2 * i, label.charCodeAt(i), true);
  return new Uint8Array(view.buffer);
}

function childKey(parent: Int32Array, label: string | number): Int32Array {
  if (Number.isNaN(label)) throw new Error('linalg: a random seed or label must not be NaN');
  const bytes = labelBytes(label);
  const keyed = new Uint8Array(16 + bytes.length);
  keyed.set(new Uint8Array(parent.buffer));
  keyed.set(bytes, 16);
  return murmur3(keyed);
}

/**
 * Seeded random numbers: the same seed gives the same numbers everywhere.
 * The generator is sfc32 (Doty-Humphrey, PractRand) with 128 bits of state.
 */
export class Random {
  private readonly key: Int32Array;
  private readonly state: Int32Array;
  private readonly single = new Uint32Array(1);

  /** @param parentKey for `fork` only: the 128-bit key of the stream this one belongs to. */
  constructor(seed: number | string, parentKey: Int32Array = root) {
    this.key = childKey(parentKey, seed);
    this.state = this.key.slice();
    for (let i = 0; i < warmUp; i++) this.uint32();
  }

  /**
   * An independent stream, given by this stream's seed and the label alone:
   * numbers already drawn make no difference.
   */
  fork(label: string | number): Random {
    return new Random(label, this.key);
  }

  /** Uniform integer in [0, 2³²). */
  uint32(): number {
    advance(this.state, this.single);
    return this.single[0];
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  next(): number {
    return 0.5 + 0.5 * signedFraction(this.uint32(), this.uint32());
  }

  /**
   * Uniform integer in [0, n).
   * @throws if n is not an integer from 1 to 2³².
   */
  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > twoTo32)
      throw new Error(`linalg: cannot draw an integer below ${n}; give an integer from 1 to 2^32`);
    const unbiased = twoTo32 - (twoTo32 % n);
    let x = this.uint32();
    while (x >= unbiased) x = this.uint32();
    return x % n;
  }

  /** Standard normal (ziggurat). */
  normal(): number {
    const high = this.uint32();
    const u = signedFraction(high, this.uint32());
    const layer = high & 255;
    const x = u * widths[layer];
    return Math.abs(u) < cores[layer] ? x : this.normalOutsideCore(layer, x);
  }

  /** A uniformly random order of 0, …, n−1 (Fisher–Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** Fills with uniform numbers low + (high − low)·m/2³², rounded to the array's type. */
  fillUniform(out: Float32Array | Float64Array, low: number, high: number): void {
    const step = (high - low) / twoTo32;
    for (let start = 0; start < out.length; start += blockLength) {
      const words = this.words(out.length - start);
      for (let i = 0; i < words.length; i++) out[start + i] = low + words[i] * step;
    }
  }

  /** Fills with normal numbers rounded to the array's type. */
  fillNormal(out: Float32Array | Float64Array, mean: number, standardDeviation: number): void {
    for (let start = 0; start < out.length; start += blockLength / 2) {
      const words = this.words(2 * (out.length - start));
      // As in `normal`, written out because calls would cost as much as the arithmetic.
      for (let i = 0; 2 * i < words.length; i++) {
        const high = words[2 * i];
        const u = signedFraction(high, words[2 * i + 1]);
        const layer = high & 255;
        let x = u * widths[layer];
        if (Math.abs(u) >= cores[layer]) x = this.normalOutsideCore(layer, x);
        out[start + i] = mean + standardDeviation * x;
      }
    }
  }

  private normalOutsideCore(layer: number, x: number): number {
    const settled = outsideCore(layer, x, this);
    return Number.isNaN(settled) ? this.normal() : settled;
  }

  /** The next `count` words, or as many as fit the block; valid until the next call. */
  private words(count: number): Uint32Array {
    const words = count < blockLength ? block.subarray(0, count) : block;
    advance(this.state, words);
    return words;
  }
}
