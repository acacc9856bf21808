import { Random } from '@nads/linalg';
import {
  computationOf,
  computedConstants,
  inferShapes,
  flatModel,
  tensorOf,
  withComputed,
  writeModel,
  type ComputedConstant,
  type Model,
  type Tensor,
} from '@nads/onnx';
import type { Environment } from '../environment.js';
import { openFunction, type FunctionOptions } from '../degree/open-function.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';

/** Settings of a folding. */
export interface FoldSettings extends Pick<FunctionOptions, 'size'> {
  /** Of the random inputs that outputs are compared for; 0 if not given. */
  readonly seed?: number;
}

/** A weight that was computed in the graph, and is a constant now. */
export type FoldedWeight = Omit<ComputedConstant, 'readers'> & {
  readonly dims: readonly number[];
  /** The nodes that read it, by name, or by what they compute where they have none. */
  readonly layers: readonly string[];
};

/** A model without the nodes that computed its weights. */
export interface Folded {
  readonly source: SourceModel;
  readonly model: Model;
  readonly weights: readonly FoldedWeight[];
  /** The largest difference of outputs for random inputs, as a share of the largest output. */
  readonly difference: number;
}

/** Random inputs, and the most that outputs for them may differ, as a share of the largest. */
const [inputs, tolerance] = [4, 1e-4];

/**
 * Computes all weights of a model that its graph computes from constants, such as W·M of a static neural similarity convolution, and
 * stores them in their place.
 * @throws where there are none; where outputs for random inputs are not the same; where the model has not exactly one input
 */
export const fold = (
  source: SourceModel,
  settings: FoldSettings,
  environment: Environment,
): Promise<Folded> =>
  about(source.name, async () => {
    const before = flatModel(source.model);
    const found = computedConstants(before.graph, inferShapes(before));
    if (found.length === 0)
      throw new Error('no weight is computed from constants, so there is nothing to fold');
    const values = await computed(before, found, environment);
    const model = withComputed(before, values);
    const difference = await differenceOf([before, model], settings, environment);
    if (!(difference <= tolerance))
      throw new Error(
        `outputs differ by ${difference.toExponential(1)} of the largest after folding, which is more than rounding explains`,
      );
    const weights = found.map(({ name, constants, readers }) => ({
      name,
      constants,
      dims: values.get(name)!.dims,
      layers: readers.map(node => node.name || node.outputs[0]),
    }));
    return { source, model, weights, difference };
  });

async function computed(
  model: Model,
  found: readonly ComputedConstant[],
  { runtime }: Environment,
): Promise<Map<string, Tensor>> {
  const names = found.map(({ name }) => name);
  const session = await runtime.createSession(writeModel(computationOf(model, names)));
  try {
    const values = await session.run({});
    return new Map(
      names.map(name => {
        const { type, dims, data } = values[name];
        return [name, tensorOf(type, dims, Array.from(data, Number))];
      }),
    );
  } finally {
    await session.release();
  }
}

/** The largest difference between outputs of two models, as a share of the largest output. */
async function differenceOf(
  models: readonly Model[],
  { size, seed = 0 }: FoldSettings,
  { runtime }: Environment,
): Promise<number> {
  const outputs: Float64Array[] = [];
  for (const model of models) {
    const f = await openFunction(model, runtime, { size });
    const points = new Float64Array(inputs * f.inputs);
    new Random(seed).fillNormal(points, 0, 1);
    outputs.push(await f.at(points));
    await f.release();
  }
  const [first, second] = outputs;
  const largest = first.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = first.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - second[i])),
    0,
  );
  return largest === 0 ? difference : difference / largest;
}
