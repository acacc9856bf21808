import type { BoxMemory } from '@nads/linalg';
import type { Boxes } from './boxes.js';
import { overlapOf, type Part } from './overlap.js';

/**
 * Writes what of box `i` lies in a part of its map into that part, within a memory.
 * @param to the place of the part, [channels, part.height, part.width] numbers.
 */
export function paste(
  memory: BoxMemory,
  boxes: Boxes,
  i: number,
  part: Part,
  channels: number,
  to: number,
): void {
  const { row, rows, column, columns, boxRow, boxColumn } = overlapOf(boxes, i, part);
  const area = boxes.height * boxes.width;
  memory.copy({
    channels,
    rows,
    columns,
    from: boxes.at + i * channels * area + boxRow * boxes.width + boxColumn,
    fromChannel: area,
    fromRow: boxes.width,
    to: to + row * part.width + column,
    toChannel: part.height * part.width,
    toRow: part.width,
  });
}
