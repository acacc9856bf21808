import { matrix, row, type Matrix } from '@nads/linalg';

/**
 * Directions of one channel as directions of whole images, each once in every channel:
 * [k × H·W] becomes [k·channels × channels·H·W], row i·channels + c the i-th in channel c.
 */
export function inEveryChannel(rows: Matrix, channels: number): Matrix {
  const whole = matrix(rows.rows * channels, rows.columns * channels);
  for (let i = 0; i < rows.rows; i++)
    for (let c = 0; c < channels; c++)
      whole.data.set(row(rows, i), ((i * channels + c) * channels + c) * rows.columns);
  return whole;
}
