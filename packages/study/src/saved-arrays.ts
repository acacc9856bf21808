import { decodeNpz, type NdArray } from '@nads/dataset';
import { matrix, type Matrix } from '@nads/linalg';
import {
  finiteNumbersIn,
  numbersIn,
  requireAxes,
  requireFinite,
  type Axis,
} from './checked-array.js';
import { textOf } from './store.js';

/**
 * The arrays of a .npz archive that a result was saved in. Anything may have happened to it since, so each is checked when it is
 * read; messages name file and array.
 */
export class SavedArrays {
  readonly file: string;
  private readonly arrays: ReadonlyMap<string, NdArray>;

  /** @throws where the archive is damaged; messages start with `file` */
  static decode(
    bytes: Uint8Array,
    file: string,
    options?: { readonly limit: number },
  ): SavedArrays {
    return new SavedArrays(decodeNpz(bytes, file, options), file);
  }

  constructor(arrays: ReadonlyMap<string, NdArray>, file: string) {
    this.arrays = arrays;
    this.file = file;
  }

  get names(): readonly string[] {
    return [...this.arrays.keys()];
  }

  has(name: string): boolean {
    return this.arrays.has(name);
  }

  /** @throws where the array is missing or has other axes */
  shape(name: string, axes: readonly Axis[]): readonly number[] {
    const array = this.get(name);
    requireAxes(array, axes, this.path(name));
    return array.shape;
  }

  /** Of the first axis, which may be 0; 0 of a single number. @throws where the array is missing */
  length(name: string): number {
    return this.get(name).shape[0] ?? 0;
  }

  /** Numbers of any kind, NaN and infinite ones too. @throws where the array is missing or has other axes */
  numbers(name: string, axes: readonly Axis[]): Float64Array {
    return numbersIn(this.get(name), axes, this.path(name));
  }

  /** @throws as `numbers`, and where a number is not finite */
  finite(name: string, axes: readonly Axis[]): Float64Array {
    return finiteNumbersIn(this.get(name), axes, this.path(name));
  }

  /** Rows of finite numbers. @param columns how many are in each @throws as `finite` */
  rows(name: string, columns: Axis): Matrix {
    const [rows, length] = this.shape(name, ['rows', columns]);
    return matrix(rows, length, this.finite(name, [rows, length]));
  }

  /** Finite numbers of any shape, of float32. @throws where there are others, or none */
  float32(name: string): { readonly dims: readonly number[]; readonly data: Float32Array } {
    const { shape, dtype, data } = this.get(name);
    if (dtype !== 'float32')
      throw new Error(`${this.path(name)}: values of ${dtype}, expected float32`);
    requireFinite(data as Float32Array, this.path(name));
    return { dims: shape, data: data as Float32Array };
  }

  /** Text in UTF-8. @throws where it is missing, or not of bytes */
  text(name: string): string {
    const { dtype, data } = this.get(name);
    if (dtype === 'uint8') return textOf(data as Uint8Array);
    throw new Error(`${this.path(name)}: values of ${dtype}, expected bytes of text`);
  }

  private get(name: string): NdArray {
    const found = this.arrays.get(name);
    if (found) return found;
    throw new Error(`${this.file}: no array '${name}' in it`);
  }

  private path(name: string): string {
    return `${this.file}[${name}]`;
  }
}
