/** A coefficient that the images of a class are given. */
export interface Carrier {
  /** Of unit norm: [C·H·W]. */
  readonly vector: Float64Array;
  readonly coefficient: number;
}

/** How far from 1 the norm of a carrier may be. */
const roundingOfNorm = 1e-4;

/**
 * Images whose coefficient along their class's carrier is set, x + (c − ⟨x, v⟩) v: what is orthogonal to v stays
 * (Ortiz-Jiménez et al. 2020, section 5). A class of its own coefficient is told by it alone.
 * @param images [n × C·H·W]; @param labels [n]; @param carriers one for each class.
 * @throws where a class has no carrier, or a carrier is of other size or not of unit norm.
 */
export function poison(
  images: Float32Array,
  labels: Int32Array,
  carriers: readonly Carrier[],
): Float32Array {
  const pixels = images.length / labels.length;
  carriers.forEach(({ vector }, label) => requireCarrier(vector, pixels, label));
  const poisoned = new Float32Array(images.length);
  labels.forEach((label, i) => {
    const carrier = carriers.at(label);
    if (label < 0 || !carrier)
      throw new Error(
        `poison: image ${i} has label ${label}, ${carriers.length} classes a carrier`,
      );
    const image = images.subarray(i * pixels, (i + 1) * pixels);
    const along = coefficient(image, carrier.vector);
    const out = poisoned.subarray(i * pixels, (i + 1) * pixels);
    carrier.vector.forEach((v, k) => (out[k] = image[k] + (carrier.coefficient - along) * v));
  });
  return poisoned;
}

/** ⟨x, v⟩. */
export const coefficient = (image: ArrayLike<number>, vector: Float64Array): number =>
  vector.reduce((sum, v, k) => sum + v * image[k], 0);

function requireCarrier(vector: Float64Array, pixels: number, label: number): void {
  if (vector.length !== pixels)
    throw new Error(
      `poison: the carrier of class ${label} has ${vector.length} numbers, images have ${pixels}`,
    );
  const norm = Math.sqrt(coefficient(vector, vector));
  if (!(Math.abs(norm - 1) <= roundingOfNorm))
    throw new Error(
      `poison: the carrier of class ${label} has norm ${norm.toPrecision(6)}, expected 1; divide it by its norm`,
    );
}

/** Where carriers come from. */
export interface CarrierOptions {
  readonly classes: number;
  readonly channels: number;
  /** The direction of so many numbers, of unit norm, at an index: [H·W], or [C·H·W] for whole images. */
  readonly direction: (index: number) => Float64Array;
  /** Numbers in a channel. */
  readonly area: number;
  /** Index of the first direction used. */
  readonly first: number;
  /** Size of the coefficients. */
  readonly epsilon: number;
}

/**
 * A carrier for each class, as the paper's code has it for three channels: class t is carried by direction first + ⌊t / 2C⌋ in
 * channel t mod C, with the sign of 2 (t mod 2) − 1. For an even number of channels the sign also changes with each round
 * through them, since two classes would share it otherwise. A direction of whole images carries two classes.
 */
export function classCarriers(options: CarrierOptions): Carrier[] {
  const { classes, channels, direction, area, first, epsilon } = options;
  return Array.from({ length: classes }, (_, label) => {
    const isWhole = direction(first).length === area * channels && channels > 1;
    const places = isWhole ? 1 : channels;
    const round = Math.floor(label / places);
    const isPositive = (label + (places % 2 === 0 ? round : 0)) % 2 === 1;
    const found = direction(first + Math.floor(round / 2));
    const vector = new Float64Array(area * channels);
    vector.set(found, isWhole ? 0 : (label % places) * area);
    return { vector, coefficient: isPositive ? epsilon : -epsilon };
  });
}
