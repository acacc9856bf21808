const rotate = (x: number, bits: number) => (x << bits) | (x >>> (32 - bits));

const multipliers = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93];
const rotations = [15, 16, 17, 18];
const stateRotations = [19, 17, 15, 13];
const additions = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17];

/** One 32-bit lane of the message, as it enters the state. */
const scramble = (word: number, lane: number) =>
  Math.imul(
    rotate(Math.imul(word, multipliers[lane]), rotations[lane]),
    multipliers[(lane + 1) % 4],
  );

/** Murmur3's 32-bit finaliser: every input bit changes every output bit with probability one half. */
function avalanche(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Adds every lane to the first, then the first to every other. */
function mixLanes(h: Int32Array): void {
  h[0] += h[1] + h[2] + h[3];
  for (let lane = 1; lane < 4; lane++) h[lane] += h[0];
}

/**
 * 128-bit hash of bytes, as four 32-bit words.
 * Source: Appleby, MurmurHash3_x86_128.
 */
export function murmur3(bytes: Uint8Array, seed = 0): Int32Array {
  const h = new Int32Array(4).fill(seed);
  const padded = new Uint8Array(Math.ceil(bytes.length / 16) * 16);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += 16) {
    const isTail = at + 16 > bytes.length;
    for (let lane = 0; lane < 4; lane++) {
      h[lane] ^= scramble(view.getInt32(at + 4 * lane, true), lane);
      if (isTail) continue;
      h[lane] = rotate(h[lane], stateRotations[lane]) + h[(lane + 1) % 4];
      h[lane] = Math.imul(h[lane], 5) + additions[lane];
    }
  }
  for (let lane = 0; lane < 4; lane++) h[lane] ^= bytes.length;
  mixLanes(h);
  for (let lane = 0; lane < 4; lane++) h[lane] = avalanche(h[lane]);
  mixLanes(h);
  return h;
}
