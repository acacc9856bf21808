import type { ValueInfo } from './graph.js';
import { inferShapes } from './infer-shapes.js';
import { withGraph, type Model } from './model.js';
import type { Tensor } from './tensor.js';

/** A model that takes some of its constants as inputs, and their values in the file. */
export interface Variables {
  readonly model: Model;
  readonly values: ReadonlyMap<string, Tensor>;
}

/**
 * The model with constants as inputs behind its own, wherever the file keeps them.
 * @param names of constants, as `parameters` gives them. @throws where one is not a constant.
 */
export function withVariables(model: Model, names: readonly string[]): Variables {
  const { graph } = model;
  const inference = inferShapes(model);
  const values = new Map(
    names.map(name => [name, graph.initializers.get(name) ?? valueOf(name)] as const),
  );
  const isOther = ({ name }: Pick<ValueInfo, 'name'>): boolean => !values.has(name);
  const inputs = [...values].map(([name, { type, dims }]) => ({ name, type, dims }));
  const variable = withGraph(model, {
    nodes: graph.nodes.filter(({ outputs }) => isOther({ name: outputs[0] })),
    initializers: new Map([...graph.initializers].filter(([name]) => isOther({ name }))),
    inputs: [...graph.inputs.filter(isOther), ...inputs],
  });
  return { model: variable, values };

  function valueOf(name: string): Tensor {
    const value = inference.get(name)?.value;
    if (value) return value;
    throw new Error(`'${name}' is no constant whose value the file holds`);
  }
}
