import type { Node } from '../graph.js';

/** What the outputs of a last layer are linear in. */
export interface HeadShape {
  /** How the features become a vector of one image: as they are, flattened, or averaged over space. */
  readonly pooling: 'none' | 'flatten' | 'average';
  /** Number of features of one image. */
  readonly size: number;
  /** Number of outputs. */
  readonly outputs: number;
}

/** What the rule of a head gets to see of the graph. */
export interface HeadSurroundings {
  /** Dims of a value; none where they are not known. */
  readonly dims: (name: string) => readonly number[];
  readonly isConstant: (name: string) => boolean;
  /** Whether what follows averages over all of space. */
  readonly averaged: boolean;
}

/** A layer as the last one of a model: W·features + b, with W at its second input. Undefined where it is not that. */
export type HeadRule = (node: Node, around: HeadSurroundings) => HeadShape | undefined;
