import {
  attributes,
  floats,
  getFloat,
  inferShapes,
  node,
  numbersOf,
  operatorOf,
  withGraph,
  type Inference,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';

/** An array that a training step reads and writes. */
export interface Running {
  /** The initializer that holds it between steps. */
  readonly name: string;
  /** The output that holds it after a step. */
  readonly next: string;
}

/** Where a training step sets a share of elements to zero. */
export interface Mask {
  /** The input that holds 0 or 1/(1 − rate) for each element. */
  readonly name: string;
  /** Its dims without the batch. */
  readonly dims: readonly number[];
  /** Share of zeros. */
  readonly rate: number;
}

/** A model as it is while it trains. */
export interface TrainingForm {
  readonly model: Model;
  readonly running: readonly Running[];
  /** Initializers that the runtime may write over: nothing else may read them. */
  readonly scratch: readonly string[];
  readonly masks: readonly Mask[];
}

/** Whose mean and variance batch normalisation takes while training. */
export type BatchNorm = 'training' | 'evaluation';

/**
 * A model for evaluation as it is while it trains: batch normalisation by the statistics of the batch, with outputs for the
 * running averages r ← m·r + (1 − m)·batch (of the population's variance, as ONNX has it); dropout by masks that are inputs.
 * @param batchNorm `evaluation` leaves batch normalisation as it is.
 */
export function trainingForm(model: Model, batchNorm: BatchNorm = 'training'): TrainingForm {
  const { graph } = model;
  const [images] = graph.inputs;
  const found: Parts = {
    running: [],
    scratch: [],
    masks: [],
    constants: new Map(),
    initializers: graph.initializers,
    shapes: inferShapes(model, { [images.name]: [1, ...images.dims!.slice(1).map(Number)] }),
  };
  const nodes = graph.nodes.flatMap(one => {
    const { training } = operatorOf(one) ?? {};
    if (training === 'statistics' && batchNorm === 'training') return byBatch(one, found);
    return training === 'mask' ? byMask(one, found) : [one];
  });
  const { running, scratch, masks, constants } = found;
  const initializers = new Map([...graph.initializers, ...constants]);
  const averages = running.map(({ next }) => ({ name: next, type: 'float32' }) as const);
  const outputs = [...graph.outputs, ...averages];
  return { model: withGraph(model, { nodes, initializers, outputs }), running, scratch, masks };
}

/** What is collected on the way through a model. */
interface Parts {
  readonly running: Running[];
  readonly scratch: string[];
  readonly masks: Mask[];
  readonly constants: Map<string, Tensor>;
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly shapes: Inference;
}

function requireInitializers(
  { name, outputs }: Node,
  averages: readonly string[],
  initializers: ReadonlyMap<string, Tensor>,
): void {
  if (averages.every(average => initializers.has(average))) return;
  throw new Error(
    `the averages of normalisation '${name || outputs[0]}' are computed, not stored; keep them with \`batchNorm\` evaluation`,
  );
}

function byBatch(one: Node, { initializers, shapes, constants, running, scratch }: Parts): Node[] {
  const [x, scale, shift, ...averages] = one.inputs;
  const [y] = one.outputs;
  requireInitializers(one, averages, initializers);
  const momentum = getFloat(one, 'momentum', 0.9);
  const dims = shapes.get(scale)!.dims!;
  const size = dims[0];
  // arrays of their own, whose values count for nothing: the runtime writes over them, and shares equal ones
  for (const name of ['mean', 'variance'].map(kind => `${y}/no ${kind}`)) {
    scratch.push(name);
    constants.set(name, floats(dims, new Float32Array(size).fill(scratch.length + 0.5)));
  }
  const shares = [`${y}/kept`, `${y}/added`] as const;
  constants.set(shares[0], floats([], [momentum])).set(shares[1], floats([], [1 - momentum]));
  const statistics = averages.map(name => `${name}/batch`);
  const normalised = node(
    one.operator,
    [x, scale, shift, ...scratch.slice(-2)],
    [y, ...statistics],
    attributes({
      ...Object.fromEntries(one.attributes),
      training_mode: 1,
      momentum: { type: 'float', value: 0 },
    }),
    { name: one.name },
  );
  return [
    normalised,
    ...averages.flatMap((name, i) => blend(name, statistics[i], shares, running)),
  ];
}

/** kept · average + added · batch. */
function blend(
  name: string,
  batch: string,
  [kept, added]: readonly [string, string],
  running: Running[],
): Node[] {
  const next = `next/${name}`;
  running.push({ name, next });
  return [
    node('Mul', [name, kept], [`${name}/kept`]),
    node('Mul', [batch, added], [`${name}/added`]),
    node('Add', [`${name}/kept`, `${name}/added`], [next]),
  ];
}

function byMask(one: Node, { shapes, masks }: Parts): Node[] {
  const [x, ratio] = one.inputs;
  const constant = ratio ? shapes.get(ratio)?.value : undefined;
  const rate = constant ? numbersOf(constant)[0] : 0.5;
  if (rate === 0) return [one];
  const [y] = one.outputs;
  const [images, ...dims] = shapes.get(x)!.dims!;
  if (images !== 1)
    throw new Error(
      `dropout '${one.name || y}' is not over images one by one: of one image its input has dims [${[images, ...dims]}]; export the model without it`,
    );
  const name = `mask/${y}`;
  masks.push({ name, dims, rate });
  return [node('Mul', [x, name], [y])];
}
