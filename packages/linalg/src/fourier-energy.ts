import { addProduct, transposedView, view, type View } from './add-product.js';

type Wave = (angle: number) => number;

/**
 * Energy of a row-major image at every spatial frequency: |DFT|² / (height·width), so that the sum is Σ x².
 * Frequency zero stands at (⌊height/2⌋, ⌊width/2⌋), as after numpy's fftshift; any size is allowed.
 * @returns height·width values, row-major.
 * @throws if the image has not height·width pixels.
 */
export function fourierEnergy(
  image: Float32Array | Float64Array,
  height: number,
  width: number,
): Float64Array {
  if (image.length !== height * width)
    throw new Error(`linalg: ${image.length} pixels are not an image of ${height}×${width}`);
  const pixels = view(image, height, width);
  const [cosineRows, sineRows] = [Math.cos, Math.sin].map(wave =>
    times(waves(height, wave), pixels),
  );
  const [cosines, sines] = [Math.cos, Math.sin].map(wave => transposedView(waves(width, wave)));
  const real = view(new Float64Array(image.length), height, width);
  const imaginary = view(new Float64Array(image.length), height, width);
  addProduct(real, cosineRows, cosines);
  addProduct(real, sineRows, sines, { scale: -1 });
  addProduct(imaginary, cosineRows, sines);
  addProduct(imaginary, sineRows, cosines);
  return real.data.map((x, k) => (x * x + imaginary.data[k] ** 2) / image.length);
}

/** n×n waves as rows, frequency −⌊n/2⌋ first. */
function waves(n: number, wave: Wave): View<Float64Array> {
  const rows = view(new Float64Array(n * n), n, n);
  const middle = Math.floor(n / 2);
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      rows.data[k * n + i] = wave((2 * Math.PI * (((k - middle) * i) % n)) / n);
  return rows;
}

function times(a: View, b: View): View<Float64Array> {
  const result = view(new Float64Array(a.rows * b.columns), a.rows, b.columns);
  addProduct(result, a, b);
  return result;
}
