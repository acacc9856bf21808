/** A coefficient that the images of a class are given. */
export interface Carrier {
  /** Of unit norm: [H·W] for one channel, [C·H·W] for whole images. */
  readonly vector: Float64Array;
  /** Which number of an image [C·H·W] the vector's first one belongs to: channel · H·W. */
  readonly first: number;
  readonly coefficient: number;
}

/** Coefficients are at most so large, so that no pixel is beyond single precision. */
const largest = 1e30;

/** How far from 1 the norm of a carrier may be. */
const roundingOfNorm = 1e-4;

/**
 * Images whose coefficient along their class's carrier is set, x + (c − ⟨x, v⟩) v: what is orthogonal to v stays
 * (Ortiz-Jiménez et al. 2020, section 5). If each class has its own coefficient, it identifies the class.
 * @param images [n × C·H·W]; @param labels [n]; @param carriers one for each class.
 * @throws where a class has no carrier, or a carrier is of other size, not of unit norm or too large.
 */
export function poison(
  images: Float32Array,
  labels: Int32Array,
  carriers: readonly Carrier[],
): Float32Array {
  const pixels = images.length / labels.length;
  carriers.forEach((carrier, label) => requireCarrier(carrier, pixels, label));
  const poisoned = images.slice();
  labels.forEach((label, i) => {
    const carrier = carriers.at(label);
    if (label < 0 || !carrier)
      throw new Error(
        `poison: image ${i} has label ${label}, but only ${carriers.length} classes have a carrier`,
      );
    const first = i * pixels + carrier.first;
    const part = poisoned.subarray(first, first + carrier.vector.length);
    const change = carrier.coefficient - coefficient(part, carrier.vector);
    carrier.vector.forEach((v, k) => (part[k] += change * v));
  });
  return poisoned;
}

/** ⟨x, v⟩. */
export const coefficient = (image: ArrayLike<number>, vector: Float64Array): number =>
  vector.reduce((sum, v, k) => sum + v * image[k], 0);

function requireCarrier(
  { vector, first, coefficient: wanted }: Carrier,
  pixels: number,
  label: number,
): void {
  if (!(Math.abs(wanted) <= largest))
    throw new Error(
      `poison: the coefficient of class ${label} is ${wanted}, expected at most ${largest} in size`,
    );
  if (!(first >= 0 && first + vector.length <= pixels))
    throw new Error(
      `poison: the carrier of class ${label} has numbers ${first} to ${first + vector.length - 1}, images have ${pixels}`,
    );
  const norm = Math.sqrt(coefficient(vector, vector));
  if (!(Math.abs(norm - 1) <= roundingOfNorm))
    throw new Error(
      `poison: the carrier of class ${label} has norm ${norm.toPrecision(6)}, expected 1; divide it by its norm`,
    );
}
