import {
  dimsOf,
  hasInput,
  normaliseAxis,
  typeOf,
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
      throw new Error(`cannot pad [${dims}] by [${begin}, ${end}]`);
    return [{ type: typeOf(application, 0), dims: padded }];
  },
};

/** Elements added before and after every axis; from opset 18 on the pads may be of some axes only. */
function padsOf(application: Application, rank: number): [number[], number[]] {
  const name = application.opset < 2 ? 'paddings' : 'pads';
  const pads = integersOf(application, name, 1) ?? [];
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const axes = hasInput(application, 3) ? integersOf(application, 'axes', 3)! : all;
  const places = axes.map(axis => normaliseAxis(axis, rank));
  if (pads.length !== 2 * axes.length)
    throw new Error(`${pads.length} pads for ${axes.length} axes`);
  const at = (list: readonly number[]) => all.map(axis => list[places.indexOf(axis)] ?? 0);
  return [at(pads.slice(0, axes.length)), at(pads.slice(axes.length))];
}
