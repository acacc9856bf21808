/** How energy is spread over the length of spatial frequencies. */
export interface RadialProfile {
  /** Middle of each ring, in units of the Nyquist frequency (half a cycle a pixel). */
  readonly frequency: Float64Array;
  /** Share of the energy in each ring; their sum is 1. */
  readonly share: Float64Array;
  /** Share of all frequencies in each ring: what white noise has. */
  readonly chance: Float64Array;
  /** Share of the energy at frequencies shorter than half of Nyquist. */
  readonly low: number;
  /** What white noise has there; about π/16. */
  readonly lowChance: number;
}

/**
 * The radial profile of Fourier energy, in rings as wide as one cycle over the shorter side of the image.
 * @param energy [height × width] as `fourierEnergy` gives it, zero at (⌊height/2⌋, ⌊width/2⌋).
 * @throws if there is no energy.
 */
export function radialProfile(energy: Float64Array, height: number, width: number): RadialProfile {
  const total = energy.reduce((sum, x) => sum + x, 0);
  if (!(total > 0)) throw new Error('no energy at any frequency: there is no radial profile');
  const ringsToNyquist = Math.max(1, Math.min(height, width) / 2);
  const rings = Math.round(Math.SQRT2 * ringsToNyquist) + 1;
  const [share, chance] = [new Float64Array(rings), new Float64Array(rings)];
  let [low, lowChance] = [0, 0];
  energy.forEach((x, i) => {
    const length = Math.hypot(
      (Math.floor(i / width) - Math.floor(height / 2)) / (height / 2),
      ((i % width) - Math.floor(width / 2)) / (width / 2),
    );
    const ring = Math.min(rings - 1, Math.round(length * ringsToNyquist));
    share[ring] += x / total;
    chance[ring] += 1 / energy.length;
    if (length >= 0.5) return;
    low += x / total;
    lowChance += 1 / energy.length;
  });
  const frequency = Float64Array.from({ length: rings }, (_, ring) => ring / ringsToNyquist);
  return { frequency, share, chance, low, lowChance };
}
