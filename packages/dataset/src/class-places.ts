/** The carrier of a class: a coefficient along a direction. */
export interface CarrierPlace {
  /** Index of the direction. */
  readonly direction: number;
  /** In which channel; 0 for a direction of whole images. */
  readonly channel: number;
  readonly coefficient: number;
}

/** How carriers are assigned to classes. */
export interface PlaceOptions {
  readonly classes: number;
  /** Channels in which each direction is used separately; 1 for directions of whole images. */
  readonly channels: number;
  /** Index of the first direction used. */
  readonly first: number;
  /** Size of the coefficients. */
  readonly epsilon: number;
}

/**
 * The carrier of each class, as in the code of Ortiz-Jiménez et al. 2020 for three channels: class t has direction
 * first + ⌊t / 2C⌋ in channel t mod C, with the sign of 2 (t mod 2) − 1. For an even number of channels the sign also changes
 * with each round through them, since two classes would share it otherwise.
 */
export const classPlaces = ({ classes, channels, first, epsilon }: PlaceOptions): CarrierPlace[] =>
  Array.from({ length: classes }, (_, label) => {
    const round = Math.floor(label / channels);
    const isPositive = (label + (channels % 2 === 0 ? round : 0)) % 2 === 1;
    return {
      direction: first + Math.floor(round / 2),
      channel: label % channels,
      coefficient: isPositive ? epsilon : -epsilon,
    };
  });
