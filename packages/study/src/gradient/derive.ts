import type { Layout } from '@nads/basis';
import {
  differentiate,
  feeds,
  freeBatch,
  imageInput,
  inferShapes,
  flatModel,
  isFloating,
  jacobianVector,
  parameters,
  type Dimension,
  type Inference,
  type Model,
} from '@nads/onnx';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';

/** What is derived. */
export interface DeriveSettings {
  /** Products with the Jacobian from the left (reverse), or from the right (forward). */
  readonly mode?: 'reverse' | 'forward';
  /** Values that it is derived by; `inputs` and `parameters` stand for all of these. */
  readonly wrt?: readonly string[];
  /** Outputs that are derived; all floating-point ones if not given. */
  readonly of?: readonly string[];
  /** Whether the outputs of the model stay outputs. */
  readonly keepOutputs?: boolean;
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
}

/** A derivative as a model, and what goes in and comes out. */
export interface DerivedModel {
  readonly model: Model;
  /** Inputs that take ∂s/∂y of the outputs; tangents of the inputs in forward mode. */
  readonly seeds: readonly string[];
  /** Outputs that hold the derivative. */
  readonly results: readonly string[];
  /** Dims of its inputs for one image, by name; undefined where the model does not say them. */
  readonly sizes?: Sizes;
}

type Sizes = Readonly<Record<string, readonly number[]>>;

/** The derivative of a model as a model. @throws NoGradient where an operator on the way has no gradient, naming its node */
export const derive = ({ name, model }: SourceModel, settings: DeriveSettings = {}): DerivedModel =>
  about(name, () => derived(sized(flatModel(model), settings), settings));

function derived(
  model: Model,
  { mode = 'reverse', wrt = ['inputs'], of, keepOutputs }: DeriveSettings,
): DerivedModel {
  const chosen = { wrt: wrt.flatMap(name => named(model, name)), of: of ?? floatingOutputs(model) };
  if (mode === 'forward') {
    const { model: derivative, tangents, products } = jacobianVector(model, chosen);
    const sizes = sizesOf(model, chosen.wrt, tangents);
    return { model: derivative, seeds: tangents, results: products, sizes };
  }
  const { model: derivative, seeds, gradients } = differentiate(model, { ...chosen, keepOutputs });
  return { model: derivative, seeds, results: gradients, sizes: sizesOf(model, chosen.of, seeds) };
}

/** Dims of the inputs of a model for one image, and of seeds that have those of some of its values. */
function sizesOf(
  model: Model,
  values: readonly string[],
  seeds: readonly string[],
): Sizes | undefined {
  const inputs = feeds(model.graph).map(({ name, dims = [undefined] }) => {
    const [rows, ...rest] = dims;
    return [name, isSize(rows) || dims.length === 0 ? dims : [1, ...rest]] as const;
  });
  if (!inputs.every((input): input is [string, number[]] => input[1].every(isSize)))
    return undefined;
  const known = knownFor(model, Object.fromEntries(inputs));
  const dims = values.map((value, i) => [seeds[i], known?.get(value)?.dims] as const);
  return dims.every((seed): seed is [string, number[]] => seed[1] !== undefined)
    ? Object.fromEntries([...inputs, ...dims])
    : undefined;
}

/** What is known of values for these dims of inputs; nothing where one image does not fit. */
function knownFor(model: Model, sizes: Sizes): Inference | undefined {
  try {
    return inferShapes(model, sizes);
  } catch {
    return undefined;
  }
}

const isSize = (size: Dimension): size is number => typeof size === 'number' && size >= 0;

/** The values that a word stands for. */
function named(model: Model, name: string): string[] {
  const { graph } = model;
  if (name === 'inputs')
    return feeds(graph).flatMap(input => (isFloating(input.type) ? [input.name] : []));
  return name === 'parameters' ? parameters(graph, inferShapes(model)) : [name];
}

/** Outputs that are floating-point, or of which the file does not say the type. */
function floatingOutputs({ graph }: Model): string[] {
  const able = graph.outputs.filter(({ type }) => type === undefined || isFloating(type));
  return (able.length > 0 ? able : graph.outputs).map(({ name }) => name);
}

/** The model for images of one size, where a size is given or the file leaves it free. */
function sized(model: Model, options: DeriveSettings): Model {
  const [input, ...more] = feeds(model.graph);
  const free = input?.dims?.slice(1).some(size => typeof size !== 'number' || size < 0);
  if (!options.size && (more.length > 0 || input?.dims?.length !== 4 || !free)) return model;
  return freeBatch(model, imageInput(model, options)).model;
}
