import type { Origin } from './origin.js';

/** A constant that a weight is computed from, and that is drawn in its place. */
export interface Leaf {
  readonly origin: Origin;
  /** Operators on the way from the constant to the weight. */
  readonly through: readonly string[];
  /** Where it is a factor of a product of matrices [rows, inner] · [inner, columns] of which both are drawn. */
  readonly factor?: Factor;
}

/** A factor of a weight of low rank. */
export interface Factor {
  readonly side: 'left' | 'right';
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** What a weight is computed from. */
export interface Path {
  readonly leaves: readonly Leaf[];
  /** Constants that stay as they are: scales, masks, norms. */
  readonly kept: readonly Origin[];
  /** Whether the value only rearranges elements of the leaves: joins, cuts, repeats them. */
  readonly isRearranged: boolean;
}

/** Why it is not clear what a weight is computed from. */
export interface Unclear {
  readonly obstacle: string;
}

/** Whether a path is clear. */
export const isClear = (found: Path | Unclear): found is Path => 'leaves' in found;
