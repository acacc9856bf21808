import { randomOrthonormal, type Random } from '@nads/linalg';
import { zeroBias, type Draw, type Scheme } from './scheme.js';

/**
 * Haar-distributed orthonormal rows or columns, whichever are fewer, of the tensor seen as the
 * matrix dims[0] × the rest (Saxe et al. 2014; torch's orthogonal_). Biases are zero.
 */
export const orthogonal: Scheme = {
  name: 'orthogonal',
  weight: (out, draw, random) => fillOrthogonal(out, draw.dims[0], random),
  bias: zeroBias,
  moments: draw => ({ mean: 0, variance: 1 / Math.max(...matrixDims(draw)) }),
};

const matrixDims = ({ dims }: Draw): [number, number] => {
  const [rows, ...rest] = dims;
  return [rows, rest.reduce((a, b) => a * b, 1)];
};

function fillOrthogonal(out: Float32Array, rows: number, random: Random): void {
  const columns = out.length / rows;
  const [short, long] = rows <= columns ? [rows, columns] : [columns, rows];
  const { data } = randomOrthonormal(short, long, random);
  const [byRow, byColumn] = rows <= columns ? [columns, 1] : [1, rows];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[i * columns + j] = data[i * byRow + j * byColumn];
}
