/** Where boxes of one size are in a map, one for each image of a batch. */
export interface Places {
  readonly height: number;
  readonly width: number;
  /** The first row of each. */
  readonly tops: Int32Array;
  /** The first column of each. */
  readonly lefts: Int32Array;
}

/** What a map is in boxes around what differs from the map at x₀: [n, C, height, width] in a memory. */
export interface Boxes extends Places {
  /** Their place in the memory. */
  readonly at: number;
}
