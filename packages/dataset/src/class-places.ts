/** What tells a class: a coefficient along a direction. */
export interface CarrierPlace {
  /** Index of the direction. */
  readonly direction: number;
  /** In which channel; 0 for a direction of whole images. */
  readonly channel: number;
  readonly coefficient: number;
}

/** How classes are told. */
export interface PlaceOptions {
  readonly classes: number;
  /** Channels that a direction stands in by itself; 1 for directions of whole images. */
  readonly channels: number;
  /** Index of the first direction used. */
  readonly first: number;
  /** Size of the coefficients. */
  readonly epsilon: number;
}

/**
 * What tells each class, as the code of Ortiz-Jiménez et al. 2020 has it for three channels: class t has direction
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
