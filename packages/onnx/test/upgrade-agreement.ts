import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { attributes, type AttributeLike } from '../src/attribute.js';
import { node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { opsetOf, withGraph, type Model } from '../src/model.js';
import { floats, sizeOf, type Tensor } from '../src/tensor.js';
import { upgradeOpset } from '../src/upgrade-opset.js';
import { writeModel } from '../src/write-model.js';
import { buildModel } from './build-model.js';

/** One node in an old form. */
export interface OldNode {
  operator: string;
  opset: number;
  /** Inputs that are fed. */
  data?: readonly Tensor[];
  /** Inputs behind those, constant; undefined where left out. */
  constants?: readonly (Tensor | undefined)[];
  attributes?: Record<string, AttributeLike | undefined>;
  /** Names of outputs; one unless said otherwise. */
  outputs?: readonly string[];
}

/** Element i is ((7·i) mod 11) − 4.5: all of a row differ. */
export const sample = (...dims: number[]): Tensor =>
  floats(
    dims,
    Array.from({ length: sizeOf(dims) }, (_, i) => ((7 * i) % 11) - 4.5),
  );

/** A model of one node. */
export function modelOf(old: OldNode): Model {
  const { operator, opset, data = [sample(2, 3)], constants = [], outputs = ['y'] } = old;
  const names = [...data, ...constants].map((tensor, i) => (tensor ? `x${i}` : ''));
  const held = constants.flatMap((tensor, i) =>
    tensor ? [[`x${data.length + i}`, tensor] as const] : [],
  );
  const model = buildModel({
    nodes: [node(operator, names, outputs, attributes(old.attributes ?? {}), { name: 'old' })],
    opset,
    initializers: Object.fromEntries(held),
  });
  const inputs = data.map(({ type, dims }, i) => ({ name: `x${i}`, type, dims }));
  return withGraph(model, { inputs, outputs: outputs.filter(Boolean).map(name => ({ name })) });
}

/** Asserts that a node's new form gives the same as its old one, to the bit, and the same shapes; returns the new model. */
export async function expectSame(old: OldNode): Promise<Model> {
  const model = modelOf(old);
  const fed = feedsOf(old);
  const upgraded = await expectSameModel(model, fed);
  for (const { name } of model.graph.outputs) {
    const [{ type, dims }, before] = [inferShapes(upgraded), inferShapes(model)].map(
      inference => inference.get(name) ?? {},
    );
    expect({ type, dims }).toEqual({ type: before.type, dims: before.dims });
  }
  return upgraded;
}

/** Asserts that a model gives the same after its upgrade, to the bit; returns it. */
export async function expectSameModel(model: Model, fed: Record<string, Tensor>): Promise<Model> {
  const upgraded = upgradeOpset(model);
  expect(opsetOf(upgraded)).toBe(17);
  const [before, after] = [await runAll(model, fed), await runAll(upgraded, fed)];
  expect(after).toEqual(before);
  return upgraded;
}

/** What the new form of a node computes, as plain numbers by the name of the output. */
export const upgradedResults = (old: OldNode): Promise<Record<string, number[]>> =>
  numbersFrom(upgradeOpset(modelOf(old)), old);

/** Asserts that a node's new form gives the same as its old one, but for rounding. */
export async function expectClose(old: OldNode): Promise<void> {
  const [before, after] = [await numbersFrom(modelOf(old), old), await upgradedResults(old)];
  before.y.forEach((expected, i) => expect(after.y[i]).toBeCloseTo(expected, 5));
}

async function numbersFrom(model: Model, old: OldNode): Promise<Record<string, number[]>> {
  const results = Object.entries(await runAll(model, feedsOf(old)));
  return Object.fromEntries(results.map(([name, { data }]) => [name, Array.from(data, Number)]));
}

/** The elements of the only output of a node's new form. */
export const upgradedResult = async (old: OldNode): Promise<number[]> =>
  (await upgradedResults(old)).y;

/** Operators of a model in order, constants left out. */
export const operatorsOf = ({ graph }: Model): string[] =>
  graph.nodes.map(({ operator }) => operator).filter(operator => operator !== 'Constant');

const feedsOf = ({ data = [sample(2, 3)] }: OldNode): Record<string, Tensor> =>
  Object.fromEntries(data.map((tensor, i) => [`x${i}`, tensor]));

interface Result {
  type: string;
  dims: readonly number[];
  data: ArrayLike<number | bigint>;
}

async function runAll(model: Model, fed: Record<string, Tensor>): Promise<Record<string, Result>> {
  const options = {
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'disabled',
  } as const;
  const session = await InferenceSession.create(writeModel(model), options);
  const feeds = Object.entries(fed).map(([name, tensor]) => [name, toRuntime(tensor)] as const);
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { type, dims, data }]) => [
      name,
      { type, dims, data: data as Float32Array },
    ]),
  );
}

const toRuntime = ({ type, dims, data }: Tensor): RuntimeTensor =>
  new RuntimeTensor(type as 'float32', data as Float32Array, dims);
