/** An image, and the classes that are tried for it. */
export interface Start {
  readonly index: number;
  readonly x: Float32Array;
  readonly label: number;
  readonly others: readonly number[];
}
