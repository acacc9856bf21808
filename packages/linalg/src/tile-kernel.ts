/** Rows and columns of a tile: its 16 sums fit the registers of every processor. */
export const tileSize = 4;

/**
 * The innermost part of a matrix product.
 * Factors are given as panels of four rows (left) or four columns (right); a panel of depth k
 * holds k groups of four numbers, and panels follow one another without gaps.
 */
export interface TileKernel {
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** 4×4 tiles, row by row; the tile of left panel i and right panel j is number j·leftPanels + i. */
  readonly product: Float64Array;
  /** Fills `product`; every sum starts from zero and runs over the depth in order. */
  multiply(leftPanels: number, rightPanels: number, depth: number): void;
}

/** Numbers that the panels of each factor and the product have room for. */
export interface TileCapacity {
  left: number;
  right: number;
  product: number;
}
