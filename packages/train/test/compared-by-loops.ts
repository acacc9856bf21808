/** M [i, j] of an input channel at a pixel. */
type MeasureAt = (
  image: number,
  channel: number,
  row: number,
  column: number,
) => (i: number, j: number) => number;

/** What slides over which images [N, C, H, W]: windows of k×k places, k >> 1 zeros around. */
interface Windows {
  readonly images: Float32Array;
  readonly imageDims: readonly number[];
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
}

/** Σ_c Σ_ij W[o, c, i] M[i, j] x[c, p + δ_j], one number after the other. */
export function comparedByLoops(
  weight: ArrayLike<number>,
  { images, imageDims, filters, kernel, stride }: Windows,
  measureAt: MeasureAt,
): number[] {
  const [count, channels, height, width] = imageDims;
  const [pad, places] = [kernel >> 1, kernel ** 2];
  const size = (length: number): number => Math.floor((length + 2 * pad - kernel) / stride) + 1;
  const pixel = (n: number, c: number, row: number, column: number): number =>
    row < 0 || column < 0 || row >= height || column >= width
      ? 0
      : images[((n * channels + c) * height + row) * width + column];
  const response = (n: number, o: number, row: number, column: number): number => {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      const measure = measureAt(n, c, row, column);
      for (let i = 0; i < places; i++)
        for (let j = 0; j < places; j++) {
          const [down, right] = [Math.floor(j / kernel) - pad, (j % kernel) - pad];
          const x = pixel(n, c, row * stride + down, column * stride + right);
          sum += weight[(o * channels + c) * places + i] * measure(i, j) * x;
        }
    }
    return sum;
  };
  const each = <T>(length: number, make: (i: number) => T[]): T[] =>
    Array.from({ length }, (_, i) => make(i)).flat();
  return each(count, n =>
    each(filters, o =>
      each(size(height), row => each(size(width), column => [response(n, o, row, column)])),
    ),
  );
}
