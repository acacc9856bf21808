import { OptionError } from '@nads/linalg';
import { floatOutputs, flatModel, logitsOutput, prune, withGraph, type Model } from '@nads/onnx';
import { about } from './named-error.js';
import type { SourceModel } from './source-model.js';

/**
 * A model with one of its outputs only: the named one, or the one that looks like logits (`logitsOutput`).
 * @returns the model as it is where it has no other floating-point output
 * @throws OptionError where there is no such output, with those that there are
 */
export const withOutput = (source: SourceModel, name?: string): SourceModel =>
  about(source.name, () => {
    if (name === undefined && floatOutputs(source.model).length < 2) return source;
    const model = flatModel(source.model);
    const output = name === undefined ? logitsOutput(model)! : outputNamed(model, name);
    return {
      ...source,
      model: prune(withGraph(model, { outputs: [output] })),
      output: output.name,
    };
  });

/**
 * A model with all of its outputs, that one first which is analysed: the named one, or the one that looks like logits.
 * @throws OptionError where there is no such output, with those that there are
 */
export const withFirstOutput = (source: SourceModel, name?: string): SourceModel =>
  about(source.name, () => {
    const chosen = withOutput(source, name);
    if (chosen === source) return source;
    const [first] = chosen.model.graph.outputs;
    const others = source.model.graph.outputs.filter(output => output.name !== first.name);
    const outputs = [first, ...others];
    return { ...source, model: withGraph(source.model, { outputs }), output: first.name };
  });

/** A model with its outputs in the order that they have in another one. */
export function withOutputsAs(model: Model, like: Model): Model {
  const order = like.graph.outputs.map(({ name }) => name);
  const outputs = model.graph.outputs.toSorted(
    (a, b) => order.indexOf(a.name) - order.indexOf(b.name),
  );
  return withGraph(model, { outputs });
}

function outputNamed(model: Model, name: string) {
  const outputs = floatOutputs(model);
  const found = outputs.find(output => output.name === name);
  if (found) return found;
  throw new OptionError(
    'output',
    `no floating-point output is called '${name}'; there are ${namesOf(outputs)}`,
  );
}

/** The floating-point outputs of a model, for messages. */
export const outputNames = ({ model }: SourceModel): string => namesOf(floatOutputs(model));

const namesOf = (outputs: readonly { readonly name: string }[]): string =>
  outputs.map(output => `'${output.name}'`).join(', ');
