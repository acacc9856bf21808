import type { Node } from '../graph.js';
import { withIntegers, type Resizing } from '../coupling/resize-rule.js';
import type { Coupling } from '../coupling/coupling-rule.js';
import { spread } from '../formulas/spread.js';
import { throughFirst } from '../layers/path-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, type Stated } from '../shapes/application.js';
import { moved } from '../shapes/fold.js';
import { integersOf } from '../shapes/integers-of.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { gridOffsets, indices } from '../shapes/offsets.js';
import { picked, type Places } from '../symmetry/picked.js';
import { settingsAsInputs } from '../upgrades/settings-as-inputs.js';

/** The elements from `starts` to before `ends` in `steps` along some axes (attributes before opset 10). */
export const slice: Operator = {
  name: 'Slice',
  inputs: [1, 5],
  coupling: coupled,
  resized: withBounds,
  symmetry: picked(({ node, inference }, dims) =>
    slicedRuns({ node, inputs: node.inputs.map(name => inference.get(name)) }, dims),
  ),
  path: throughFirst,
  /** Elements go back to their places: along axes without steps by one Pad, which copies whole rows. */
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const runs = slicedRuns(g.application(node), dimsOf(g.application(node), 0));
      const zeros = runs.map(({ first, step, length }, axis) => {
        const isWhole = first === 0 && g.sameSize(x, axis, dy!, axis);
        if (isWhole || hasSteps({ step, length })) return [0, 0];
        return [first, g.size(x, axis) - first - length];
      });
      const [before, after] = [0, 1].map(side => zeros.map(both => both[side]));
      return runs.reduce(
        (whole, { first, step, length }, axis) =>
          hasSteps({ step, length })
            ? spread(g, whole, axis, { first, step }, g.size(x, axis))
            : whole,
        g.pad(dy!, before, after),
      );
    },
  ],
  upgrade: settingsAsInputs(10, 'starts', 'ends', 'axes'),
  infer: application => {
    const from = dimsOf(application, 0);
    const runs = slicedRuns(application, from);
    const dims = runs.map(({ length }) => length);
    return [moved(application.inputs[0], dims, () => gridOffsets(from, runs.map(indicesOf)))];
  },
};

const hasSteps = ({ step, length }: Pick<Places, 'step' | 'length'>): boolean =>
  step !== 1 && length > 1;

const indicesOf = ({ first, step, length }: Places): number[] =>
  indices(length).map(i => first + i * step);

/** The indices that are left of each axis. */
function slicedRuns(application: Stated, dims: readonly number[]): Places[] {
  const starts = integersOf(application, 'starts', 1) ?? [];
  const ends = integersOf(application, 'ends', 2) ?? [];
  const axes = integersOf(application, 'axes', 3) ?? indices(starts.length);
  const steps = integersOf(application, 'steps', 4) ?? starts.map(() => 1);
  if ([ends, axes, steps].some(list => list.length !== starts.length))
    throw new Error(
      `starts [${starts}], ends [${ends}], axes [${axes}] and steps [${steps}] differ in length`,
    );
  const runs = dims.map((length): Places => ({ first: 0, step: 1, length }));
  axes.forEach((axis, i) => {
    const at = normaliseAxis(axis, dims.length);
    runs[at] = range(starts[i], ends[i], steps[i], dims[at]);
  });
  return runs;
}

/** The indices from start to before end, both counted from the back where negative and cut to fit. */
function range(start: number, end: number, step: number, size: number): Places {
  if (step === 0) throw new Error('steps must not be 0');
  if (size === 0) return { first: 0, step, length: 0 };
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const cut = (at: number, least: number) =>
    Math.max(least, Math.min(high, at < 0 ? at + size : at));
  const first = cut(start, 0);
  const length = Math.max(0, Math.ceil((cut(end, low) - first) / step));
  return { first: length > 0 ? first : 0, step, length };
}

/** Axes that are sliced one by one keep the places inside. */
function coupled(coupling: Coupling): void {
  const { node, dims, tie } = coupling;
  const [[input], [output]] = [node.inputs, node.outputs];
  slicedRuns(coupling, dims(input)).forEach(({ first, step, length }, axis) => {
    if (step === 1 || length < 2) tie([output, axis], [input, axis], place => place + first);
  });
}

/** Bounds around what is left of axes that lost places. */
function withBounds({ before, kept, constant }: Resizing): Node {
  const { node } = before;
  const dims = dimsOf(before, 0);
  const runs = slicedRuns(before, dims);
  const starts = integersOf(before, 'starts', 1) ?? [];
  const ends = [...(integersOf(before, 'ends', 2) ?? [])];
  const axes = integersOf(before, 'axes', 3) ?? indices(starts.length);
  axes.forEach((stated, i) => {
    const axis = normaliseAxis(stated, dims.length);
    const places = kept(node.inputs[0], axis);
    if (places.length === dims[axis]) return;
    const { first, step, length } = runs[axis];
    const last = first + (length - 1) * step;
    starts[i] = places.filter(place => place < first).length;
    ends[i] = places.filter(place => place <= last).length;
  });
  const started = withIntegers(node, { attribute: 'starts', input: 1 }, starts, constant);
  return withIntegers(started, { attribute: 'ends', input: 2 }, ends, constant);
}
