import type { DataType } from '../data-type.js';
import type { Tensor } from '../tensor.js';
import { computed, constants, exactNumbers } from './fold.js';
import { dimsOf, type Application, type Known } from './operator.js';

/** What is known of the first input as another element type. */
export function converted(application: Application, type: DataType | undefined): Known {
  const dims = dimsOf(application, 0);
  const [value] = constants(application.inputs.slice(0, 1)) ?? [];
  return { type, dims, value: value && convert(value, type) };
}

function convert(value: Tensor, type: DataType | undefined): Tensor | undefined {
  if (value.type === type) return value;
  const numbers = exactNumbers(value);
  const elements = type === 'bool' ? numbers?.map(x => Number(x !== 0)) : numbers;
  return elements && computed(type, value.dims, elements);
}
