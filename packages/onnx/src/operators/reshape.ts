import type { Node } from '../graph.js';
import { keptDims, withIntegers, type Resizing } from '../coupling/resize-rule.js';
import { regrouped as inRuns } from '../coupling/regrouped.js';
import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, Unknown, type Application } from '../shapes/application.js';
import { reshaped } from '../shapes/fold.js';
import { integersOf } from '../shapes/integers-of.js';
import { regrouped } from '../symmetry/regrouped.js';
import { sizeOf } from '../tensor.js';
import { settingsAsInputs } from '../upgrades/settings-as-inputs.js';

/** The same elements, row-major, under other dims; −1 stands for what is left, 0 copies an input size. */
export const reshape: Operator = {
  name: 'Reshape',
  inputs: [1, 2],
  symmetry: regrouped,
  coupling: inRuns,
  carries: 'in order',
  resized: withTarget,
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

/** A target for what is left, unless the one that is given, or computed, leads there. */
function withTarget(resizing: Resizing): Node {
  const { before, inputs, constant } = resizing;
  const { node } = before;
  const wanted = keptDims(resizing, node.outputs[0]);
  if (String(resolved({ ...before, inputs })) === String(wanted)) return node;
  const given = integersOf(before, 'shape', 1)!;
  const [from, to] = [inputs[0]?.dims ?? [], resizing.dims(node.outputs[0])];
  const target = wanted.map((size, axis) => {
    if (size !== to[axis]) return given[axis] === -1 ? -1 : size;
    if (given[axis] <= 0) return given[axis];
    return axis === 0 && from[0] === size ? 0 : size;
  });
  return withIntegers(node, { attribute: 'shape', input: 1 }, target, constant);
}

/** Dims that a target leads to; undefined where it does not fit. */
function resolved(application: Application): number[] | undefined {
  try {
    const copyZeros = getInt(application.node, 'allowzero', 0) === 0;
    return resolve(dimsOf(application, 0), integersOf(application, 'shape', 1) ?? [], copyZeros);
  } catch {
    return undefined;
  }
}
