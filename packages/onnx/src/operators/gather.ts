import type { Resizing } from '../coupling/resize-rule.js';
import type { Coupling } from '../coupling/coupling-rule.js';
import { getInt } from '../attribute.js';
import { spread } from '../formulas/spread.js';
import type { Node } from '../graph.js';
import { throughFirst } from '../layers/path-rule.js';
import type { WeightSurroundings, WeightUse } from '../layers/weight-rule.js';
import type { Operator } from '../operator.js';
import { Unknown, dimsOf, typeOf } from '../shapes/application.js';
import { constants, moved } from '../shapes/fold.js';
import type { Known } from '../shapes/known.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { gridOffsets, indices } from '../shapes/offsets.js';
import type { Axis, Context } from '../symmetry/context.js';
import { picked, type Places } from '../symmetry/picked.js';
import { numbersOf, type Tensor, sizeOf } from '../tensor.js';

/** Slices of the data along an axis, chosen by indices: Y[a, i, b] = X[a, index[i], b]. */
export const gather: Operator = {
  name: 'Gather',
  inputs: [2, 2],
  coupling: coupled,
  symmetry: chosenAlong,
  resized: withIndices,
  path: throughFirst,
  weights: rowWeights,
  /** Slices go back to their places, and are added where one was taken several times. */
  gradient: ({ node, inputs: [x, chosen], g }, [dy]) => [
    () => {
      const dims = g.dims(x);
      const axis = normaliseAxis(getInt(node, 'axis', 0), dims.length);
      const count = g.dims(chosen).reduce<number>((n, _, i) => n * g.size(chosen, i), 1);
      const list = g.reshape(dy!, dims.with(axis, count));
      const constant = g.constantValue(chosen);
      if (count === 1 && constant) {
        const [at] = numbersOf(constant);
        const size = g.size(x, axis);
        return spread(g, list, axis, { first: at < 0 ? at + size : at, step: 1 }, size);
      }
      const places = g.reshape(
        chosen,
        dims.map((_, i) => (i === axis ? count : 1)),
      );
      const all = g.expandLike(places, list);
      return g.op('ScatterElements', [g.zerosLike(x), all, list], { axis, reduction: 'add' });
    },
  ],
  infer: application => {
    const data = dimsOf(application, 0);
    const axis = normaliseAxis(getInt(application.node, 'axis', 0), data.length);
    const dims = [...data.slice(0, axis), ...dimsOf(application, 1), ...data.slice(axis + 1)];
    const values = constants(application.inputs);
    return [values ? take(values, axis, dims) : { type: typeOf(application, 0), dims }];
  },
};

function take([value, chosen]: Tensor[], axis: number, dims: readonly number[]): Known {
  const size = value.dims[axis];
  const rows = numbersOf(chosen).map(index => normaliseIndex(index, size));
  const lists = value.dims.map((n, i) => (i === axis ? rows : indices(n)));
  return moved({ type: value.type, value }, dims, () => gridOffsets(value.dims, lists));
}

/** One place, or a run of places, along the axis; a single one takes the axis away. */
function chosenAlong(context: Context): readonly Axis[] {
  const { node, inference, axes } = context;
  const chosen = inference.get(node.inputs[1]);
  const along = (rank: number): number => normaliseAxis(getInt(node, 'axis', 0), rank);
  const output = picked((_, dims) =>
    dims.map((size, axis) =>
      axis === along(dims.length) ? runOf(chosen, size) : { first: 0, step: 1, length: size },
    ),
  )(context);
  const axis = along(axes.get(node.inputs[0])!.length);
  const added = Array<Axis>(chosen?.dims?.length ?? 1).fill('channel');
  return output.toSpliced(axis, 1, ...(added.length === 1 ? [output[axis]] : added));
}

/** @throws Unknown where the places are not constant, or no run */
function runOf(chosen: Known | undefined, size: number): Places {
  const value = chosen?.value;
  if (!value || value.dims.length > 1) throw new Unknown('the places are not known');
  const rows = numbersOf(value).map(index => normaliseIndex(index, size));
  const step = rows.length > 1 ? rows[1] - rows[0] : 1;
  if (rows.some((row, i) => row !== rows[0] + i * step)) throw new Unknown('the places are no run');
  return { first: rows[0], step, length: rows.length };
}

function normaliseIndex(index: number, size: number): number {
  if (index < -size || index >= size)
    throw new Error(`index ${index} is out of range for an axis of size ${size}`);
  return index < 0 ? index + size : index;
}

/** A table of more than one element whose rows are looked up. */
function rowWeights(
  { inputs: [table, places] }: Node,
  { dims, isWeight }: WeightSurroundings,
): readonly WeightUse[] {
  if (isWeight(places) || sizeOf(dims(table)) < 2) return [];
  return [{ input: 0, kind: 'embedding', role: 'weight' }];
}

/** Places along the axis go with those that pick them, the others stay. */
function coupled(coupling: Coupling): void {
  const { node, inputs, dims, tie } = coupling;
  const [data, chosen] = node.inputs;
  const [output] = node.outputs;
  const axis = normaliseAxis(getInt(node, 'axis', 0), dims(data).length);
  const added = dims(chosen).length - 1;
  const { value } = inputs[1]!;
  dims(data).forEach((size, at) => {
    if (at !== axis) tie([data, at], [output, at < axis ? at : at + added]);
    else if (value && added === 0) {
      const rows = numbersOf(value).map(index => normaliseIndex(index, size));
      tie([output, axis], [data, axis], place => rows[place]);
    }
  });
}

/** Indices of what is left, counted anew. */
function withIndices({ before, dims, kept, constant }: Resizing): Node {
  const { node, inputs } = before;
  const [data] = node.inputs;
  const axis = normaliseAxis(getInt(node, 'axis', 0), dims(data).length);
  const left = kept(data, axis);
  if (left.length === dims(data)[axis]) return node;
  const rows = numbersOf(inputs[1]!.value!).map(index => normaliseIndex(index, dims(data)[axis]));
  const chosen = kept(node.outputs[0], axis).map(place => left.indexOf(rows[place]));
  return { ...node, inputs: [data, constant(chosen)] };
}
