import type { Basis } from '@nads/basis';

/** Boxes of one size outside of which directions are zero. */
export interface ProbeBoxes {
  readonly height: number;
  readonly width: number;
  /** The first row of the box of each direction. */
  readonly tops: Int32Array;
  /** The first column of the box of each direction. */
  readonly lefts: Int32Array;
}

/** A direction that covers more than this share of the image is none of a small place. */
const largest = 1 / 4;

/** The boxes of a basis; undefined where a direction covers much of the image. */
export function probeBoxes(basis: Basis): ProbeBoxes | undefined {
  const { height: rows, width: columns } = basis.shape;
  const boxes: Box[] = [];
  let [height, width] = [1, 1];
  for (let j = 0; j < basis.size; j++) {
    const box = boxOf(basis, j);
    height = Math.max(height, box.bottom - box.top + 1);
    width = Math.max(width, box.right - box.left + 1);
    if (height * width > largest * rows * columns) return undefined;
    boxes.push(box);
  }
  return {
    height,
    width,
    tops: Int32Array.from(boxes, ({ top }) => Math.min(top, rows - height)),
    lefts: Int32Array.from(boxes, ({ left }) => Math.min(left, columns - width)),
  };
}

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The least box that holds all entries of a direction. */
function boxOf(basis: Basis, j: number): Box {
  const { height, width } = basis.shape;
  let [top, left, bottom, right] = [height, width, -1, -1];
  basis.visit(j, pixel => {
    const [row, column] = [Math.floor(pixel / width) % height, pixel % width];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  });
  return bottom < 0 ? { top: 0, bottom: 0, left: 0, right: 0 } : { top, bottom, left, right };
}
