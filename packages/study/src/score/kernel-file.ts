import { encodeNpy } from '@nads/dataset';
import type { Matrix } from '@nads/linalg';

/** A kernel of whole numbers as a .npy file: int32 [n, n]. */
export const kernelFile = ({ rows, columns, data }: Matrix): Uint8Array =>
  encodeNpy({ dtype: 'int32', shape: [rows, columns], data: Int32Array.from(data) });
