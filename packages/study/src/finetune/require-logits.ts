import { inferShapes, operatorOf, producers, type Model, type Node } from '@nads/onnx';

/**
 * How many classes a network tells apart: its only output holds logits [N, classes].
 * @throws where it has none, naming what is in the way
 */
export function requireLogits(
  model: Model,
  dims: Readonly<Record<string, readonly number[]>>,
): number {
  const { graph } = model;
  const [{ name }] = graph.outputs;
  const made = producers(graph);
  const last = behindReshapes(name, made);
  if (last && operatorOf(last)?.classifies)
    throw new Error(
      `output '${name}' holds probabilities ('${last.name || last.outputs[0]}', ${last.operator}) of what is no linear layer; export the model with its logits`,
    );
  const found = inferShapes(model, dims).get(name)?.dims;
  if (found?.length === 2 && found[1] > 1) return found[1];
  throw new Error(
    `output '${name}' has dims [${found ?? '?'}], training needs logits of two classes or more for every image`,
  );
}

/** The node that makes the numbers of a value. */
function behindReshapes(name: string, made: ReadonlyMap<string, Node>): Node | undefined {
  const node = made.get(name);
  if (!node || operatorOf(node)?.carries !== 'in order') return node;
  return behindReshapes(node.inputs[0], made) ?? node;
}
