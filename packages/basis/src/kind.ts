import type { Places } from './places.js';
import type { Relabellings } from './relabelling.js';
import type { Visit } from './basis.js';

/** Height and width of a channel. */
export interface Plane {
  readonly height: number;
  readonly width: number;
}

/** Orthonormal directions of one channel. */
export interface PlaneDirections {
  readonly size: number;
  readonly visit: (j: number, visit: Visit) => void;
  readonly relabellings?: Relabellings;
  readonly places?: Places;
}

/** One kind of basis: all that is known of it. */
export interface BasisKind {
  /** The part before the first colon. */
  readonly name: string;
  /** How it is written, for help. */
  readonly usage: string;
  /** What its directions are and in which order, for help. */
  readonly about: string;
  /**
   * Its directions.
   * @param argument the part after the first colon, if there is one
   * @throws OptionError where the argument or the plane does not fit
   */
  readonly directions: (argument: string | undefined, plane: Plane) => PlaneDirections;
}
