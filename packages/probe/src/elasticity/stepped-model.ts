import {
  differentiate,
  doubleOperators,
  inDoublePrecision,
  inferShapes,
  flatModel,
  numbersOf,
  parameters,
  upgradeOpset,
  withVariables,
  writeModel,
  type Differentiation,
  type Model,
} from '@nads/onnx';
import type { Runtime, Session } from '@nads/runtime';
import { ownNetwork, type OwnNetwork } from '../own-network/own-network.js';
import type { ParameterOptions } from '../tangent-kernel/parameter-gradients.js';

/** A network that takes its weights as inputs, ready to run. */
export interface SteppedModel {
  readonly own: OwnNetwork;
  /** Dims of the outputs of one image. */
  readonly outputDims: readonly number[];
  readonly weights: Weights;
  /** From images and weights to outputs. */
  readonly forward: Session;
  /** From images, weights and a seed of the outputs to ∂s/∂θ. */
  readonly backward: Session;
  readonly seed: string;
  /** Outputs of the latter by names of weights. */
  readonly gradients: ReadonlyMap<string, string>;
  readonly precision: 'float64' | 'float32';
  /** Why the precision is not float64. */
  readonly obstacle?: string;
}

/** Numbers of weights by name. */
export type Weights = ReadonlyMap<string, Variable>;

/** Numbers of one weight. */
export interface Variable {
  readonly dims: readonly number[];
  readonly data: Float64Array;
}

/**
 * A model as a function of its images and its weights, and the derivative by these; in double precision where the runtime has all
 * operators in it, convolutions as products.
 * @throws NoGradient where an operator on the way has none.
 */
export async function openStepped(
  model: Model,
  runtime: Runtime,
  options: ParameterOptions = {},
): Promise<SteppedModel> {
  const own = ownNetwork(model, options);
  const network = upgradeOpset(flatModel(own.network));
  const inference = inferShapes(network, own.dims);
  const names = parameters(network.graph, inference);
  const { model: variable, values } = withVariables(doubleOperators(network, names), names);
  const sessions = await inBestPrecision(variable, runtime, { wrt: names, of: [own.output] });
  return {
    own,
    outputDims: inference.get(own.output)!.dims!.slice(1),
    weights: new Map(
      [...values].map(([name, tensor]) => [
        name,
        { dims: tensor.dims, data: Float64Array.from(numbersOf(tensor)) },
      ]),
    ),
    ...sessions,
  };
}

type Opened = Pick<SteppedModel, 'forward' | 'backward' | 'seed' | 'gradients'>;

async function inBestPrecision(
  model: Model,
  runtime: Runtime,
  wanted: Differentiation,
): Promise<Opened & Pick<SteppedModel, 'precision' | 'obstacle'>> {
  try {
    const opened = await openBoth(inDoublePrecision(model), runtime, wanted);
    return { ...opened, precision: 'float64' };
  } catch (error) {
    const opened = await openBoth(model, runtime, wanted);
    return { ...opened, precision: 'float32', obstacle: (error as Error).message };
  }
}

async function openBoth(model: Model, runtime: Runtime, wanted: Differentiation): Promise<Opened> {
  const { model: derivative, seeds, gradients } = differentiate(model, wanted);
  return {
    forward: await runtime.createSession(writeModel(model)),
    backward: await runtime.createSession(writeModel(derivative)),
    seed: seeds[0],
    gradients: new Map(wanted.wrt.map((name, i) => [name, gradients[i]])),
  };
}
