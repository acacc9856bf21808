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
  /** The same with its weights as inputs, where that may be faster: one session serves all networks. */
  readonly open?: OpenModel;
}

/** A network, or a part of one, whose weights are inputs. */
export interface OpenModel {
  readonly model: Uint8Array;
  /** Whether it is faster everywhere, or only on runtimes whose sessions take long to make. */
  readonly isBest: boolean;
}

/** Weights of a network, and how they are drawn. */
export interface Drawing {
  /** Models take those that they have initializers for. */
  readonly draws: readonly Draw[];
  /** Whether a network is run in so little time that making sessions counts. */
  readonly isQuick: boolean;
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
 * A model with its weights as external data; and as inputs where making a session may take longer than running it.
 * @param isTail whether it is drawn several times for each network
 */
export function drawnModel(
  model: Model,
  { draws, isQuick }: Drawing,
  { isTail = false } = {},
): DrawnModel {
  const own = draws.filter(({ name }) => model.graph.initializers.has(name));
  const locations = new Map(own.map(({ name }) => [name, name]));
  const drawn = { model: writeModelWithExternal(model, locations), draws: own };
  const isBest = isTail || isLong(model);
  if (!isBest && !isQuick) return drawn;
  return { ...drawn, open: { model: writeModel(withWeightsAsInputs(model, own)), isBest } };
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
export function arrangedModel(model: Model, drawing: Drawing): DrawnModel {
  const drawn = drawnModel(model, drawing);
  if (isLong(model)) return drawn;
  const fast = convolutionsOnSmallMaps(
    model,
    drawn.draws.map(({ name }) => name),
  );
  return fast === model ? drawn : { ...drawn, fast: drawnModel(fast, drawing).model };
}

/** A network, or a part of one, as `drawnModel` makes it ready. */
export const subnetwork = (
  model: Model,
  drawing: Drawing,
  ends: Pick<Subnetwork, 'input' | 'output' | 'seed'>,
): Subnetwork => ({ ...drawnModel(model, drawing), ...ends });

/** The same as `arrangedModel` makes it ready. */
export const arrangedSubnetwork = (
  model: Model,
  drawing: Drawing,
  ends: Pick<Subnetwork, 'input' | 'output'>,
): Subnetwork => ({ ...arrangedModel(model, drawing), ...ends });

/** Last layers that are drawn so many times for each body. */
export const tailSubnetwork = (
  model: Model,
  drawing: Drawing,
  ends: Pick<TailSubnetwork, 'input' | 'output' | 'count'>,
): TailSubnetwork => ({ ...drawnModel(model, drawing, { isTail: true }), ...ends });
