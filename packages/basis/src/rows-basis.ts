import { degrees, matrix, OptionError, orthonormalise, row, type Matrix } from '@nads/linalg';
import type { Basis } from './basis.js';
import { formatShape, pixelsOf, type ImageShape } from './image-shape.js';

/** Directions that a file holds. */
export interface Rows {
  /** Rows, most preferred first: of whole images [k × C·H·W], or of one channel [k × H·W]. */
  readonly rows: Matrix;
  /** Directions of one channel, where those of whole images are these in every channel. */
  readonly channelRows?: Matrix;
  /** Of each of `rows`. */
  readonly eigenvalues?: ArrayLike<number>;
}

/** The file that a specification names: `nads:FILE`, or a path that ends in .npy or .npz; undefined where it names none. */
export function fileOfBasis(name: string): string | undefined {
  const file = name.startsWith('nads:') ? name.slice('nads:'.length) : name;
  if (file === '')
    throw new OptionError('basis', `'${name}' is missing a file, as in nads:out/lenet`);
  return file !== name || /\.np[yz]$/i.test(name) ? file : undefined;
}

/** Farther from orthonormal than float32 leaves rows. */
const notable = 1e-3;

/**
 * The rows of a file, made orthonormal in their order; directions of one channel wherever there are such.
 * @param option that named the file, for messages
 * @throws OptionError where rows have another length than images, or depend on each other
 */
export function rowsBasis(
  name: string,
  { rows, channelRows, eigenvalues }: Rows,
  shape: ImageShape,
  option = 'basis',
): Basis {
  const given = channelRows ?? rows;
  const [area, pixels] = [shape.height * shape.width, pixelsOf(shape)];
  if (given.rows === 0) throw new OptionError(option, `${name} has no rows`);
  if (given.columns !== area && given.columns !== pixels)
    throw wrongLength(name, given, shape, option);
  const orthonormal = independent(name, given, option);
  const copies = rows.rows / given.rows;
  return {
    name,
    size: given.rows,
    shape: given.columns === pixels ? shape : { ...shape, channels: 1 },
    visit: (j, visit) => row(orthonormal, j).forEach((value, pixel) => visit(pixel, value)),
    eigenvalues:
      eigenvalues &&
      Float64Array.from({ length: given.rows }, (_, j) => eigenvalues[Math.floor(j * copies)]),
    note: noteOf(name, given, orthonormal),
  };
}

function wrongLength(
  name: string,
  { columns }: Matrix,
  shape: ImageShape,
  option: string,
): OptionError {
  const { channels, height, width } = shape;
  const expected =
    channels > 1 ? `${pixelsOf(shape)}, or ${height * width} a channel` : `${pixelsOf(shape)}`;
  return new OptionError(
    option,
    `${name} has directions of ${columns} numbers, images of ${formatShape({ channels, height, width })} have ${expected}; set \`size\` and \`channels\` to those of the directions`,
  );
}

function independent(name: string, rows: Matrix, option: string): Matrix {
  try {
    return orthonormalise(rows);
  } catch (error) {
    const { message } = error as Error;
    const problem = message.replace(/^linalg: /, '');
    throw new OptionError(option, `${name}: ${problem}; a basis has independent rows`, error);
  }
}

/** What making rows orthonormal changed, where that is more than rounding. */
function noteOf(name: string, given: Matrix, made: Matrix): string | undefined {
  for (let i = 0; i < given.rows; i++) {
    const [before, after] = [row(given, i), row(made, i)];
    const norm = Math.sqrt(dot(before, before));
    if (Math.abs(norm - 1) > notable)
      return `${name}: row ${i} has norm ${norm.toPrecision(4)}; rows are divided by their norm`;
    const angle = Math.acos(Math.min(1, dot(before, after) / norm));
    if (angle > notable)
      return `${name}: row ${i} is not orthogonal to earlier rows; orthonormalising turns it by ${degrees(angle).toFixed(1)}°`;
  }
  return undefined;
}

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0);

/** Rows [n × columns] of plain numbers. @throws OptionError where they are not finite */
export function rowsOf(name: string, shape: readonly number[], data: ArrayLike<number>): Matrix {
  if (shape.length !== 2)
    throw new OptionError('basis', `${name}: dims [${shape}], expected rows of directions [k, D]`);
  const values = Float64Array.from(data);
  if (!values.every(Number.isFinite))
    throw new OptionError('basis', `${name}: contains non-finite values`);
  return matrix(shape[0], shape[1], values);
}
