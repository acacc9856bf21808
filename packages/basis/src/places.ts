/** Directions by their place x:y on a grid. */
export interface Places {
  /** Numbers of x and of y: x counts frequencies down the rows, y along the columns. */
  readonly size: readonly [x: number, y: number];
  /** The number that the direction at a place has in the basis; undefined if it is not in the basis. */
  readonly indexOf?: (x: number, y: number) => number;
  readonly placeOf?: (index: number) => readonly [x: number, y: number];
  /** The direction at a place: [H·W]. */
  readonly direction: (x: number, y: number) => Float64Array;
}
