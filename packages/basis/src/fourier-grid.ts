import { OptionError } from '@nads/linalg';

/**
 * The real Fourier direction of a row and a column frequency on an image of one channel,
 * cos(2π(f·row/height + g·column/width)) of unit norm, row-major: [height · width]. Opposite frequencies give the
 * same direction.
 * @throws where a frequency is not a whole number.
 */
export function fourierDirection(
  f: number,
  g: number,
  height: number,
  width: number,
): Float64Array {
  if (!Number.isInteger(f) || !Number.isInteger(g))
    throw new Error(`frequencies ${f} and ${g} are not integers`);
  const wave = Float64Array.from({ length: height * width }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return Math.cos(2 * Math.PI * (((f * row) % height) / height + ((g * column) % width) / width));
  });
  const norm = Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0));
  return wave.map(x => x / norm);
}

/**
 * The frequencies at a place of a grid of size × size directions, (x − size/2)·height/size for rows: 2(x − 8) on
 * the published grid of size 16 for 32×32 pixels, where 8:8 is the constant image.
 * @throws where the place is not on the grid or the image not a multiple of it.
 */
export function gridFrequencies(
  [x, y]: readonly [number, number],
  size: number,
  [height, width]: readonly [number, number],
): readonly [number, number] {
  const onGrid = (at: number): boolean => Number.isInteger(at) && at >= 0 && at < size;
  if (!onGrid(x) || !onGrid(y))
    throw new OptionError(
      'basis',
      `${x}:${y} is not on the Fourier grid; places go from 0:0 to ${size - 1}:${size - 1}`,
    );
  if (size % 2 !== 0 || height % size !== 0 || width % size !== 0)
    throw new OptionError(
      'basis',
      `a Fourier grid of ${size}×${size} does not fit images of ${height}×${width}, whose sides must be multiples of an even number of places`,
    );
  return [(x - size / 2) * (height / size), (y - size / 2) * (width / size)];
}
