import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, Unknown } from '../shapes/application.js';
import { reshaped } from '../shapes/fold.js';
import { integersOf } from '../shapes/integers-of.js';
import { regrouped } from '../symmetry/regrouped.js';
import { sizeOf } from '../tensor.js';
import { settingsAsInputs } from '../upgrades/settings-as-inputs.js';

/** The same elements, row-major, under other dims; −1 stands for what is left, 0 copies an input size. */
export const reshape: Operator = {
  name: 'Reshape',
  symmetry: regrouped,
  carries: 'in order',
  upgrade: settingsAsInputs(5, 'shape'),
  gradient: ({ g, inputs: [x] }, [dy]) => [() => g.reshapeLike(dy!, x)],
  infer: application => {
    const target = integersOf(application, 'shape', 1);
    if (!target) throw new Error('the target shape is missing');
    const copyZeros = getInt(application.node, 'allowzero', 0) === 0;
    const dims = resolve(dimsOf(application, 0), target, copyZeros);
    return [reshaped(application.inputs[0], dims)];
  },
};

function resolve(input: readonly number[], target: number[], copyZeros: boolean): number[] {
  const dims = target.map((size, axis) => (size === 0 && copyZeros ? (input[axis] ?? NaN) : size));
  const known = sizeOf(dims.filter(size => size !== -1));
  if (known === 0 && dims.includes(-1))
    throw new Unknown('a reshape of an empty tensor leaves −1 undetermined');
  const resolved = dims.map(size => (size === -1 ? sizeOf(input) / known : size));
  if (sizeOf(resolved) !== sizeOf(input) || !resolved.every(Number.isInteger))
    throw new Error(`cannot reshape [${input}] to [${target}]`);
  return resolved;
}
