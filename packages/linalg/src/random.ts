import { fillNormal } from './fill-normal.js';
import { fillUniform } from './fill-uniform.js';
import { murmur3 } from './murmur3.js';
import { sfc32 } from './sfc32.js';
import { normal, uniform } from './ziggurat.js';

const root = new Int32Array(4);
const warmUp = 15;
const twoTo32 = 2 ** 32;

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

/** Seeded random numbers: the same seed gives the same numbers everywhere. */
export class Random {
  private readonly key: Int32Array;
  private readonly state: Int32Array;

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
    return sfc32(this.state) >>> 0;
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  next(): number {
    return uniform(this.state);
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

  /** Standard normal. */
  normal(): number {
    return normal(this.state);
  }

  /** Fills with low + (high − low)·`uint32()`/2³², rounded to the array's type. */
  fillUniform(out: Float32Array | Float64Array, low: number, high: number): void {
    fillUniform(this.state, out, low, high);
  }

  /** Fills with mean + standardDeviation·`normal()`, rounded to the array's type. */
  fillNormal(out: Float32Array | Float64Array, mean: number, standardDeviation: number): void {
    fillNormal(this.state, out, mean, standardDeviation);
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
}
