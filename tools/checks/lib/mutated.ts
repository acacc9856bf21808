import type { Random } from '@nads/linalg';

/** Bytes at the ends of a file in which graphs, names and attributes lie thicker than in the weights between. */
const structure = 4096;

/** Bytes that lengths, types and signs turn on. */
const telling = [0, 1, 2, 0x7f, 0x80, 0xff];

/** A file with up to eight bytes changed, most of them near its ends, and now and then cut short. */
export function mutated(file: Uint8Array, random: Random): Uint8Array {
  const bytes = Uint8Array.from(file);
  const changes = 1 + random.int(8);
  for (let i = 0; i < changes; i++)
    bytes[placeIn(bytes.length, random)] =
      random.int(2) === 0 ? telling[random.int(telling.length)] : random.int(256);
  return random.int(20) === 0 ? bytes.subarray(0, random.int(bytes.length)) : bytes;
}

function placeIn(length: number, random: Random): number {
  const near = Math.min(length, structure);
  const part = random.int(5);
  if (part === 0) return random.int(length);
  return part < 3 ? random.int(near) : length - 1 - random.int(near);
}
