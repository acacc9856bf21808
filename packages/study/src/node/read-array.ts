import type { ImageShape } from '@nads/basis';
import { decodeNpy, type NdArray } from '@nads/dataset';
import { readInput } from './inputs.js';

/** An array from a .npy file. @throws one line that names the file. */
export const readArray = (file: string): NdArray => decodeNpy(readInput(file), file);

/**
 * Images from a .npy file, [C, H, W] or [n, C, H, W].
 * @throws where the dims are others than the model's.
 */
export function readImages(file: string, { channels, height, width }: ImageShape): Float32Array[] {
  const { shape, data } = readArray(file);
  const dims = shape.length === 3 ? [1, ...shape] : shape;
  if (dims.length !== 4 || dims[1] !== channels || dims[2] !== height || dims[3] !== width)
    throw new Error(
      `${file}: dims [${shape}], the model takes images [n, ${channels}, ${height}, ${width}]`,
    );
  if (dims[0] === 0) throw new Error(`${file}: dims [${shape}] hold no image`);
  const values = Float32Array.from(data as ArrayLike<number>, Number);
  if (!values.every(Number.isFinite)) throw new Error(`${file}: contains non-finite values`);
  const size = channels * height * width;
  return Array.from({ length: dims[0] }, (_, i) => values.slice(i * size, (i + 1) * size));
}
