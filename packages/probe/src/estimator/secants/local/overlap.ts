import type { Places } from './boxes.js';

/** A part of a map: where it begins there, maybe in front of it, and its size. */
export interface Part {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** What a box and a part of a map have in common. */
export interface Overlap {
  /** Its first row and column in the part. */
  readonly row: number;
  readonly column: number;
  /** Its first row and column in the box. */
  readonly boxRow: number;
  readonly boxColumn: number;
  /** Its size; 0 where they are apart. */
  readonly rows: number;
  readonly columns: number;
}

/** What box `i` and a part of its map have in common. */
export function overlapOf({ tops, lefts, height, width }: Places, i: number, part: Part): Overlap {
  const [down, across] = [tops[i] - part.top, lefts[i] - part.left];
  const [row, column] = [Math.max(0, down), Math.max(0, across)];
  return {
    row,
    column,
    boxRow: row - down,
    boxColumn: column - across,
    rows: Math.max(0, Math.min(part.height, down + height) - row),
    columns: Math.max(0, Math.min(part.width, across + width) - column),
  };
}
