import { type Model, withGraph } from '../src/model.js';
import type { Relabelling } from '../src/symmetry/context.js';
import { floats, sizeOf, type Tensor } from '../src/tensor.js';
import { normal, runFirst } from './build-model.js';

/** A weight that is to be relabelled: its elements seen as [outputs, channels, rows, columns]. */
export interface Relabelled {
  readonly seenAs: readonly number[];
  /** Whether it is the first layer, which sees the input's channels. */
  readonly first?: boolean;
}

/** A tensor [n, c, h, w] with its pixels, or the order of its channels, relabelled. */
export function relabel(tensor: Tensor, seenAs: readonly number[], by: Relabelling): Tensor {
  const [n, c, h, w] = seenAs;
  const source = (i: number, k: number, a: number, b: number): number =>
    ((i * c + k) * h + a) * w + b;
  const from: Record<Relabelling, typeof source> = {
    transposition: (i, k, a, b) => ((i * c + k) * h + b) * w + a,
    'flip rows': (i, k, a, b) => source(i, k, h - 1 - a, b),
    'flip columns': (i, k, a, b) => source(i, k, a, w - 1 - b),
    channels: (i, k, a, b) => source(i, c - 1 - k, a, b),
  };
  const [rows, columns] = by === 'transposition' ? [w, h] : [h, w];
  const values = tensor.data as Float32Array;
  const out: number[] = [];
  for (let i = 0; i < n; i++)
    for (let k = 0; k < c; k++)
      for (let a = 0; a < rows; a++)
        for (let b = 0; b < columns; b++) out.push(values[from[by](i, k, a, b)]);
  return floats(tensor.dims, out);
}

/** A tensor [n, c, …] with the sign of its first channel changed. */
function flipSign(tensor: Tensor, [n, c, h, w]: readonly number[]): Tensor {
  const inFirst = (i: number): boolean => Math.floor(i / (h * w)) % c === 0 && n > 0;
  return floats(
    tensor.dims,
    (tensor.data as Float32Array).map((x, i) => (inFirst(i) ? -x : x)),
  );
}

/**
 * How far the outputs of a model on an image are from those of the relabelled weights on the
 * relabelled image: the greatest difference, relative to the outputs. 0 where it is a symmetry.
 */
export async function disagreement(
  model: Model,
  weights: Readonly<Record<string, Relabelled>>,
  by: Relabelling,
): Promise<number> {
  const dims = model.graph.inputs[0].dims as number[];
  const image = normal(dims, 'image');
  const expected = await runFirst(model, { x: image });
  const moved = changed(model, weights, (tensor, { seenAs, first }) =>
    by === 'channels' && !first ? tensor : relabel(tensor, seenAs, by),
  );
  const distances = [distance(await runFirst(moved, { x: relabel(image, dims, by) }), expected)];
  if (by === 'channels') {
    const signed = changed(model, weights, (tensor, { seenAs, first }) =>
      first ? flipSign(tensor, seenAs) : tensor,
    );
    distances.push(distance(await runFirst(signed, { x: flipSign(image, dims) }), expected));
  }
  return Math.max(...distances);
}

function distance(actual: Float32Array, expected: Float32Array): number {
  const scale = Math.max(...expected.map(Math.abs), 1e-30);
  return Math.max(...expected.map((x, i) => Math.abs(actual[i] - x))) / scale;
}

function changed(
  model: Model,
  weights: Readonly<Record<string, Relabelled>>,
  change: (tensor: Tensor, weight: Relabelled) => Tensor,
): Model {
  const initializers = new Map(model.graph.initializers);
  for (const [name, weight] of Object.entries(weights)) {
    const tensor = initializers.get(name)!;
    if (sizeOf(weight.seenAs) !== sizeOf(tensor.dims))
      throw new Error(`${name} is of another size`);
    initializers.set(name, change(tensor, weight));
  }
  return withGraph(model, { initializers });
}
