import type { Application } from '../shapes/application.js';

/** An axis of a value. */
export type AxisOf = readonly [value: string, axis: number];

/** Which places of an axis belong together: those of equal keys; a place without a key belongs to none. */
export type Keys = (place: number) => number | undefined;

/**
 * What a rule says about the axes of its node's values. Places that are tied can only be removed together. What it does not mention
 * stays whole, so a rule that says too little only keeps channels.
 */
export interface Coupling extends Application {
  /** Dims of a value. @throws Unknown where they depend on data. */
  readonly dims: (value: string) => readonly number[];
  /** Whether a value is the same for all images. */
  readonly isConstant: (value: string) => boolean;
  /** Whether channels of a layer lie along an axis. */
  readonly isLive: (axis: AxisOf) => boolean;
  /** Ties places of two axes: of equal index, or of equal keys. */
  readonly tie: (a: AxisOf, b: AxisOf, keysOfA?: Keys, keysOfB?: Keys) => void;
  /** The channels that a layer makes lie along this axis of its weights; to be said before it is tied. */
  readonly begin: (axis: AxisOf) => void;
  /** An axis along which a place of zeros is the same as none, or whose size the node asks for. */
  readonly end: (axis: AxisOf) => void;
}

/** How places of a node's values go together. */
export type CouplingRule = (coupling: Coupling) => void;
