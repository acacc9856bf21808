import { subgraphs, withGraph, type Graph, type Model } from '@nads/onnx';

/**
 * The same model with short names of values and equal tables of integers once. Names of nodes stay, since messages name them, but for
 * nodes that only make or hand on constants.
 * @throws for a graph with branches or loops, whose names it does not look into
 */
export function shortened(model: Model): Model {
  const inside = model.graph.nodes.find(one => subgraphs(one).length > 0);
  if (inside) throw new Error(`'${inside.name}' (${inside.operator}) has graphs of its own`);
  return withShortNames(withConstantsOnce(model));
}

function withConstantsOnce(model: Model): Model {
  const { graph } = model;
  const first = new Map<string, string>();
  const instead = new Map<string, string>();
  // floats are weights, which are drawn apart
  for (const [name, tensor] of graph.initializers)
    if (tensor.type === 'int64') {
      const key = `${tensor.dims.join('x')}:${(tensor.data as BigInt64Array).join()}`;
      if (first.has(key)) instead.set(name, first.get(key)!);
      else first.set(key, name);
    }
  const kept = [...graph.initializers].filter(([name]) => !instead.has(name));
  const nodes = graph.nodes.map(one => ({
    ...one,
    inputs: one.inputs.map(name => instead.get(name) ?? name),
  }));
  return withGraph(model, { initializers: new Map(kept), nodes });
}

function withShortNames(model: Model): Model {
  const { graph } = model;
  const rename = renaming(graph);
  const initializers = [...graph.initializers].map(
    ([name, tensor]) => [rename(name), tensor] as const,
  );
  const nodes = graph.nodes.map(one => ({
    ...one,
    name: silent.has(one.operator) ? '' : one.name,
    inputs: one.inputs.map(rename),
    outputs: one.outputs.map(rename),
  }));
  return withGraph(model, { initializers: new Map(initializers), nodes, valueInfo: [] });
}

const silent: ReadonlySet<string> = new Set(['Constant', 'ConstantOfShape', 'Identity']);

/** Numbers for names of values in order of appearance; inputs and outputs of the graph keep theirs. */
function renaming({ inputs, outputs }: Graph): (name: string) => string {
  const names = new Map([...inputs, ...outputs].map(({ name }) => [name, name]));
  names.set('', '');
  return name => {
    if (!names.has(name)) names.set(name, `v${names.size.toString(36)}`);
    return names.get(name)!;
  };
}
