import { getFloat, getString } from '../attribute.js';
import { numbersOf } from '../tensor.js';
import { computed, constants, exactNumbers, isSmall } from './fold.js';
import { gridOffsets, indices } from './offsets.js';
import {
  dimsOf,
  hasInput,
  normaliseAxis,
  typeOf,
  valueOf,
  type Application,
  type Operator,
} from './operator.js';
import { integersOf } from './setting.js';

/** Its input with elements added (or, for negative pads, taken away) before and after each axis. */
export const pad: Operator = {
  name: 'Pad',
  infer: application => {
    const dims = dimsOf(application, 0);
    const [begin, end] = padsOf(application, dims.length);
    const padded = dims.map((size, axis) => size + begin[axis] + end[axis]);
    if (padded.some(size => size < 0))
      throw new Error(`cannot pad [${dims}] by [${begin}] and [${end}]`);
    const value = isSmall(padded) ? fold(application, padded, begin) : undefined;
    return [{ type: typeOf(application, 0), dims: padded, value }];
  },
};

/** Elements added before and after every axis; from opset 18 on the pads may be of some axes only. */
function padsOf(application: Application, rank: number): [number[], number[]] {
  const name = application.opset < 2 ? 'paddings' : 'pads';
  const pads = integersOf(application, name, 1) ?? [];
  const axes = (integersOf(application, 'axes', 3) ?? indices(rank)).map(axis =>
    normaliseAxis(axis, rank),
  );
  if (pads.length !== 2 * axes.length)
    throw new Error(`${pads.length} pads for ${axes.length} axes`);
  const at = (list: readonly number[]) => indices(rank).map(axis => list[axes.indexOf(axis)] ?? 0);
  return [at(pads.slice(0, axes.length)), at(pads.slice(axes.length))];
}

/** Constants padded with a constant; other ways to pad are for data. */
function fold(application: Application, dims: readonly number[], begin: readonly number[]) {
  const [value] = constants(application.inputs.slice(0, 1)) ?? [];
  const numbers = value && exactNumbers(value);
  if (!numbers || getString(application.node, 'mode', 'constant') !== 'constant') return undefined;
  const from = value.dims;
  const inside = (at: number, axis: number) => at >= 0 && at < from[axis];
  const lists = dims.map((size, axis) =>
    indices(size).map(i => (inside(i - begin[axis], axis) ? i - begin[axis] : NaN)),
  );
  const filler = fillerOf(application);
  const elements = gridOffsets(from, lists).map(at => numbers[at] ?? filler);
  return computed(value.type, dims, elements);
}

/** An attribute before opset 11. */
function fillerOf(application: Application): number {
  if (hasInput(application, 2)) return numbersOf(valueOf(application, 2))[0];
  return getFloat(application.node, 'value', 0);
}
