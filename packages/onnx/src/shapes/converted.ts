import type { DataType } from '../data-type.js';
import { numbersOf, type Tensor } from '../tensor.js';
import { dimsOf, type Application } from './application.js';
import { computed, constants, exactNumbers, isInteger } from './fold.js';
import type { Known } from './known.js';

/** What is known of the first input as another element type. */
export function converted(application: Application, type: DataType | undefined): Known {
  const dims = dimsOf(application, 0);
  const [value] = constants(application.inputs.slice(0, 1)) ?? [];
  return { type, dims, value: value && convert(value, type) };
}

function convert(value: Tensor, type: DataType | undefined): Tensor | undefined {
  if (value.type === type) return value;
  const numbers = exactNumbers(value);
  if (type === 'bool') return numbers && computed(type, value.dims, numbers.map(truth));
  const result = numbers && computed(type, value.dims, numbers);
  if (!result || !isInteger(type) || isInteger(value.type)) return result;
  // what a fraction beyond the range of an integer type becomes is up to the runtime
  const fits = numbersOf(result).every((x, i) => x === Math.trunc(numbers[i]));
  return fits ? result : undefined;
}

const truth = (x: number): number => Number(x !== 0);
