import type { Node } from '../graph.js';

/** What the outputs of a last layer are linear in. */
export interface HeadShape {
  /** How the features become a vector of one image: as they are, flattened, or averaged over space, with channels first or last. */
  readonly pooling: 'none' | 'flatten' | 'average' | 'average channels last';
  /** Number of features of one image. */
  readonly size: number;
  /** Number of outputs. */
  readonly outputs: number;
  /** What W·features is multiplied by; 1 if not given. */
  readonly factor?: number;
}

/** What the rule of a head gets to see of the graph. */
export interface HeadSurroundings {
  /** Dims of a value; none where they are not known. */
  readonly dims: (name: string) => readonly number[];
  readonly isConstant: (name: string) => boolean;
  /** Where the channels are of maps that what follows averages over all of space; undefined where nothing does. */
  readonly averaged: 'channels first' | 'channels last' | undefined;
}

/** A layer as the last one of a model: W·features + b, with W at its second input. Undefined where it is not that. */
export type HeadRule = (node: Node, around: HeadSurroundings) => HeadShape | undefined;
