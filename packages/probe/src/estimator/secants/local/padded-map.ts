import type { BoxMemory } from '@nads/linalg';
import { lengthOf, type Crop } from '@nads/onnx';
import type { MapShape } from '../../plan/local/local-plan.js';

/** A map at x₀ in a memory, with what is beyond its border as far as crops reach. */
export interface PaddedMap {
  /** Its place in the memory: [channels, height, width] numbers. */
  readonly at: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Rows above the map. */
  readonly top: number;
  /** Columns in front of the map. */
  readonly left: number;
}

/** Puts a map with a border into a memory. @param space height and width of the maps that crops are taken for. */
export function paddedMap(
  memory: BoxMemory,
  map: Float32Array,
  [channels, rows, columns]: MapShape,
  { spans: [down, across], fill }: Pick<Crop, 'spans' | 'fill'>,
  space: readonly [number, number],
): PaddedMap {
  const [top, left] = [Math.max(0, -down.shift), Math.max(0, -across.shift)];
  const height = top + Math.max(rows, down.shift + lengthOf(down, space[0]));
  const width = left + Math.max(columns, across.shift + lengthOf(across, space[1]));
  const at = memory.reserve(channels * height * width);
  const { numbers } = memory;
  numbers.fill(fill, at, at + channels * height * width);
  for (let line = 0; line < channels * rows; line++) {
    const row = Math.floor(line / rows) * height + top + (line % rows);
    numbers.set(map.subarray(line * columns, (line + 1) * columns), at + row * width + left);
  }
  return { at, channels, height, width, top, left };
}
