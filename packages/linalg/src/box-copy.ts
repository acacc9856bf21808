/** A box of numbers [channels, rows, columns] that is copied from one array to another. Strides, like places, count numbers. */
export interface BoxCopy {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
  /** Its first number where it is. */
  readonly from: number;
  readonly fromChannel: number;
  readonly fromRow: number;
  /** Its first number where it goes. */
  readonly to: number;
  readonly toChannel: number;
  readonly toRow: number;
}

/** Copies a box within an array; both places must not overlap. */
export function copyBox(numbers: Float32Array, box: BoxCopy): void {
  const { channels, rows, columns, fromRow, toRow } = box;
  for (let channel = 0; channel < channels; channel++)
    for (let row = 0; row < rows; row++) {
      const from = box.from + channel * box.fromChannel + row * fromRow;
      const to = box.to + channel * box.toChannel + row * toRow;
      for (let k = 0; k < columns; k++) numbers[to + k] = numbers[from + k];
    }
}
