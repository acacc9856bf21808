import { allocate } from '../data-type.js';
import { numbersOf, sizeOf, type Tensor } from '../tensor.js';
import { toNumber } from './integers.js';
import type { SparseTensorMessage } from './messages.js';
import { readTensor, type ReadExternal } from './read-tensor.js';

/** Elements that a sparse tensor may have when it is written out: 256 MB of float32. */
const mostElements = 1 << 26;

/**
 * A sparse tensor (SparseTensorProto) as a dense one: values at indices [n], row-major, or [n, rank], zeros elsewhere.
 * @throws where the indices are not ascending places of the dims, or there are too many elements, naming the tensor.
 */
export function readSparseTensor(
  { values = {}, indices = {}, dims: sizes = [] }: SparseTensorMessage,
  readExternal: ReadExternal,
): Tensor {
  const dims = sizes.map(toNumber);
  const found = readTensor(values, readExternal);
  try {
    const size = sizeOf(dims);
    if (dims.some(one => one < 0) || !(size <= mostElements))
      throw new Error(`too many elements for a sparse tensor, at most ${mostElements}`);
    const places = placesOf(readTensor(indices, readExternal), dims, found.data.length);
    const data = allocate(found.type, size);
    if (data.length !== size) throw new Error(`elements of type ${found.type} cannot be sparse`);
    places.forEach((place, i) => (data[place] = found.data[i] as never));
    return { type: found.type, dims, data };
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`sparse tensor '${values.name ?? ''}' [${dims}]: ${message}`, { cause: error });
  }
}

function placesOf(indices: Tensor, dims: readonly number[], count: number): number[] {
  const [n = 0, rank] = indices.dims;
  if (indices.type !== 'int64' || n !== count || (rank !== undefined && rank !== dims.length))
    throw new Error(
      `indices ${indices.type} [${indices.dims}] do not fit ${count} values of ${dims.length} axes`,
    );
  const numbers = numbersOf(indices);
  const places = rank === undefined ? numbers : rowMajor(numbers, dims);
  const wrong = places.findIndex((place, i) => !(place > (i > 0 ? places[i - 1] : -1)));
  if (wrong >= 0 || (places.at(-1) ?? -1) >= sizeOf(dims))
    throw new Error('its indices are not ascending places of it');
  return places;
}

/** Places of coordinates [n, rank]; NaN for a coordinate that is not on its axis. */
function rowMajor(coordinates: readonly number[], dims: readonly number[]): number[] {
  const rank = dims.length;
  return Array.from({ length: coordinates.length / rank }, (_, i) =>
    dims.reduce((place, size, axis) => {
      const at = coordinates[i * rank + axis];
      return at >= 0 && at < size ? place * size + at : NaN;
    }, 0),
  );
}
