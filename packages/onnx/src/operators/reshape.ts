import { getInt, getInts } from '../attribute.js';
import { numbersOf, sizeOf } from '../tensor.js';
import { dimsOf, typeOf, valueOf, type Application, type Operator } from './operator.js';

/** The same elements, row-major, under other dims; −1 stands for what is left, 0 copies an input size. */
export const reshape: Operator = {
  name: 'Reshape',
  infer: application => {
    const input = dimsOf(application, 0);
    const dims = resolve(application, input, targetOf(application));
    const constant = application.inputs[0]?.value;
    return [{ type: typeOf(application, 0), dims, value: constant && { ...constant, dims } }];
  },
};

/** Before opset 5 the target was an attribute. */
const targetOf = (application: Application): number[] =>
  getInts(application.node, 'shape', undefined) ?? numbersOf(valueOf(application, 1));

function resolve({ node }: Application, input: readonly number[], target: number[]): number[] {
  const copyZeros = getInt(node, 'allowzero', 0) === 0;
  const dims = target.map((size, axis) => (size === 0 && copyZeros ? input[axis] : size));
  const known = sizeOf(dims.filter(size => size !== -1));
  const left = known === 0 ? 0 : sizeOf(input) / known;
  const resolved = dims.map(size => (size === -1 ? left : size));
  if (sizeOf(resolved) !== sizeOf(input) || !Number.isInteger(left))
    throw new Error(`cannot reshape [${input}] to [${target}]`);
  return resolved;
}
