import {
  convolutionsOnSmallMaps,
  withGraph,
  writeModel,
  writeModelWithExternal,
  type Draw,
  type Model,
} from '@nads/onnx';
import { isLong } from './is-long.js';

/** A network, or a part of one, whose weights are external data: one location for each draw. */
export interface DrawnModel {
  readonly model: Uint8Array;
  /** The same in an arrangement that is faster to run, where there is one; it has no longer the nodes of the file. */
  readonly fast?: Uint8Array;
  readonly draws: readonly Draw[];
  /** Weights are inputs of the model instead: one session serves all networks. */
  readonly weightsAsInputs?: true;
}

/** A network, or a part of one, from one value to another. */
export interface Subnetwork extends DrawnModel {
  readonly input: string;
  readonly output: string;
  /** Where it computes gradients: the input that takes ∂s/∂y; `output` is then ∂s/∂x. */
  readonly seed?: GradientSeed;
}

/** The input of a derivative model that takes ∂s/∂y: [n, outputs]. */
export interface GradientSeed {
  readonly name: string;
  /** Outputs of one image. */
  readonly outputs: number;
}

/** The last layers of a network, drawn several times for each body since they cost little. */
export interface TailSubnetwork extends Subnetwork {
  readonly count: number;
}

/**
 * A model with its weights as external data; as inputs where it has so many nodes that making a session takes
 * longer than running it.
 * @param draws of which the model takes those that it has initializers for.
 */
export function drawnModel(model: Model, draws: readonly Draw[]): DrawnModel {
  const own = draws.filter(({ name }) => model.graph.initializers.has(name));
  if (isLong(model))
    return {
      model: writeModel(withWeightsAsInputs(model, own)),
      draws: own,
      weightsAsInputs: true,
    };
  const locations = new Map(own.map(({ name }) => [name, name]));
  return { model: writeModelWithExternal(model, locations), draws: own };
}

function withWeightsAsInputs(model: Model, draws: readonly Draw[]): Model {
  const { inputs, initializers } = model.graph;
  const names = new Set(draws.map(({ name }) => name));
  const weights = draws.map(({ name, dims }) => ({ name, type: 'float32' as const, dims }));
  return withGraph(model, {
    inputs: [...inputs.filter(({ name }) => !names.has(name)), ...weights],
    initializers: new Map([...initializers].filter(([name]) => !names.has(name))),
  });
}

/** The same, and in a faster arrangement where there is one. @param model whose dims are known, but for the number of images. */
export function arrangedModel(model: Model, draws: readonly Draw[]): DrawnModel {
  const drawn = drawnModel(model, draws);
  if (isLong(model)) return drawn;
  const fast = convolutionsOnSmallMaps(
    model,
    drawn.draws.map(({ name }) => name),
  );
  return fast === model ? drawn : { ...drawn, fast: drawnModel(fast, draws).model };
}

/** A network, or a part of one, as `drawnModel` makes it ready. */
export const subnetwork = (
  model: Model,
  draws: readonly Draw[],
  ends: Pick<Subnetwork, 'input' | 'output' | 'seed'>,
): Subnetwork => ({ ...drawnModel(model, draws), ...ends });

/** The same as `arrangedModel` makes it ready. */
export const arrangedSubnetwork = (
  model: Model,
  draws: readonly Draw[],
  ends: Pick<Subnetwork, 'input' | 'output'>,
): Subnetwork => ({ ...arrangedModel(model, draws), ...ends });
