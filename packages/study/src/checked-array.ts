import type { DType, NdArray } from '@nads/dataset';

/** What an axis has to be: of a length, or of any but 0, under a name that messages call it by. */
export type Axis = number | string;

/** Types of numbers that results are saved in; as float64 none takes more than twice its room. */
const numeric: ReadonlySet<DType> = new Set(['float32', 'float64', 'int8', 'int32', 'int64']);

/** Numbers of any kind, NaN and infinite ones too. @throws where an array has other axes or holds other than numbers; messages start with `where` */
export function numbersIn(array: NdArray, axes: readonly Axis[], where: string): Float64Array {
  requireAxes(array, axes, where);
  if (!numeric.has(array.dtype))
    throw new Error(`${where}: values of ${array.dtype}, expected ${[...numeric].join(', ')}`);
  if (array.data instanceof BigInt64Array) return Float64Array.from(array.data, Number);
  return new Float64Array(array.data as Float64Array); // `from` with a function takes ten times as long
}

/** @throws as `numbersIn`, and where a number is not finite */
export function finiteNumbersIn(
  array: NdArray,
  axes: readonly Axis[],
  where: string,
): Float64Array {
  const values = numbersIn(array, axes, where);
  requireFinite(values, where);
  return values;
}

/** @throws naming the first number that is not finite */
export function requireFinite(values: Float32Array | Float64Array, where: string): void {
  let bad = 0;
  while (bad < values.length && Number.isFinite(values[bad])) bad++;
  if (bad < values.length)
    throw new Error(`${where}: value ${bad} is ${values[bad]}, expected a finite number`);
}

/** @throws where an array has other axes; messages start with `where` */
export function requireAxes({ shape }: NdArray, axes: readonly Axis[], where: string): void {
  const fits = axes.every((axis, i) =>
    typeof axis === 'string' ? shape[i] > 0 : axis === shape[i],
  );
  if (shape.length !== axes.length || !fits)
    throw new Error(`${where}: shape (${shape.join(', ')}), expected (${axes.join(', ')})`);
}
