import { dirname } from 'node:path';
import {
  differentiate,
  feeds,
  freeBatch,
  imageInput,
  inferShapes,
  inlineFunctions,
  isFloating,
  jacobianVector,
  parameters,
  writeModel,
  type Layout,
  type Model,
} from '@nads/onnx';
import { requireFolder, writeWhole } from '../files/write-file.js';
import { explain } from '../messages/explain.js';
import { loadModel } from './load-model.js';

interface Options {
  readonly output: string;
  readonly mode: 'reverse' | 'forward';
  readonly wrt: readonly string[];
  readonly of?: readonly string[];
  readonly keepOutputs?: boolean;
  readonly size?: readonly [number, number];
  readonly layout?: Layout;
}

/** What was derived, and what goes in and comes out. */
interface Result {
  readonly model: Model;
  readonly seeds: readonly string[];
  readonly results: readonly string[];
}

/** Writes the derivative of a model as a model. */
export function gradient(file: string, options: Options): void {
  requireFolder(dirname(options.output), '--output');
  const { model } = loadModel(file);
  const derivative = explain(file, () => derive(sized(inlineFunctions(model), options), options));
  writeWhole(options.output, writeModel(derivative.model));
  const list = (names: readonly string[]): string => names.map(name => `'${name}'`).join(', ');
  process.stderr.write(
    `${options.output}: ${model.graph.nodes.length} nodes became ${derivative.model.graph.nodes.length}; ` +
      `feed ${list(derivative.seeds)}, read ${list(derivative.results)}\n`,
  );
}

function derive(model: Model, { mode, wrt, of, keepOutputs }: Options): Result {
  const chosen = { wrt: wrt.flatMap(name => named(model, name)), of: of ?? floatingOutputs(model) };
  if (mode === 'forward') {
    const { model: derivative, tangents, products } = jacobianVector(model, chosen);
    return { model: derivative, seeds: tangents, results: products };
  }
  const { model: derivative, seeds, gradients } = differentiate(model, { ...chosen, keepOutputs });
  return { model: derivative, seeds, results: gradients };
}

/** The values that a word on the command line stands for. */
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
function sized(model: Model, options: Options): Model {
  const [input, ...more] = feeds(model.graph);
  const free = input?.dims?.slice(1).some(size => typeof size !== 'number' || size < 0);
  if (!options.size && (more.length > 0 || input?.dims?.length !== 4 || !free)) return model;
  return freeBatch(model, imageInput(model, options)).model;
}
