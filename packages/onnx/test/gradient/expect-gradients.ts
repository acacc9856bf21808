import { Random } from '@nads/linalg';
import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { isFloating } from '../../src/data-type.js';
import { differentiate } from '../../src/gradient/differentiate.js';
import type { Model } from '../../src/model.js';
import { sizeOf, tensorOf, type Tensor } from '../../src/tensor.js';
import { writeModel } from '../../src/write-model.js';
import { modelOf, type Case } from '../operators/one-node.js';

export interface Check {
  opset?: number;
  /** 2 differentiates the gradient once more. */
  order?: number;
  /** Where onnxruntime has the operator in single precision only. */
  single?: boolean;
  /** Outputs to differentiate, where not all. */
  of?: readonly string[];
  /** Inputs to differentiate with respect to, where not all. */
  wrt?: readonly number[];
}

/** Tensors of a case in double precision: normally distributed, none near a kink at 0. */
export function normal(random: Random, ...dims: number[]): Tensor {
  const data = new Float64Array(sizeOf(dims));
  random.fillNormal(data, 0, 1);
  return tensorOf(
    'float64',
    dims,
    data.map(x => x + 0.15 * Math.sign(x)),
  );
}

/**
 * Asserts for one application of an operator that along random directions its gradient equals central
 * differences, and (order 2) that of its gradient, too.
 */
export async function expectGradients(one: Case, check: Check = {}): Promise<void> {
  const type = check.single ? 'float32' : 'float64';
  const typed = (tensor: Tensor): Tensor =>
    isFloating(tensor.type) ? tensorOf(type, tensor.dims, tensor.data as Float64Array) : tensor;
  const ofType = {
    ...one,
    data: one.data?.map(typed),
    constants: one.constants?.map(tensor => tensor && typed(tensor)),
  };
  const feeds = new Map((ofType.data ?? []).map((tensor, i) => [`input${i}`, tensor]));
  const wrt = check.wrt?.map(i => `input${i}`);
  await expectModelGradients(modelOf(ofType, check.opset ?? 17), feeds, { ...check, wrt });
}

interface ModelCheck extends Omit<Check, 'wrt'> {
  wrt?: readonly string[];
}

/** The same for a model. */
export async function expectModelGradients(
  model: Model,
  feeds: ReadonlyMap<string, Tensor>,
  { order = 2, single = false, wrt, of: chosen, ...rest }: ModelCheck = {},
): Promise<void> {
  const random = new Random('directions');
  const outputs = (await evaluate(model, feeds)).filter(
    ({ name, tensor }) => isFloating(tensor.type) && chosen?.includes(name) !== false,
  );
  const names = wrt ?? [...feeds].flatMap(([name, { type }]) => (isFloating(type) ? [name] : []));
  const of = outputs.map(({ name }) => name);
  const derivative = differentiate(model, { wrt: names, of });
  const seeds = outputs.map(
    ({ tensor }, i) => [derivative.seeds[i], like(tensor, random)] as const,
  );
  const allFeeds = new Map([...feeds, ...seeds]);
  const found = new Map(
    (await evaluate(derivative.model, allFeeds)).map(({ name, tensor }) => [name, tensor]),
  );
  for (const [at, name] of names.entries()) {
    const x = feeds.get(name)!;
    const direction = like(x, random);
    const step = single ? 3e-2 : 1e-5;
    const sum = async (sign: number): Promise<number> => {
      const moved = combine(x, direction, sign * step);
      const results = await evaluate(model, new Map([...feeds, [name, moved]]));
      return seeds.reduce(
        (s, [, seed], i) => s + dot(seed, results.find(r => r.name === of[i])!.tensor),
        0,
      );
    };
    const expected = ((await sum(1)) - (await sum(-1))) / (2 * step);
    const computed = found.get(derivative.gradients[at])!;
    expect(computed.dims).toEqual(x.dims);
    const actual = dot(computed, direction);
    const scale = norm(computed) * norm(direction) + 1e-3;
    const error = Math.abs(actual - expected) / scale;
    if (!(error <= (single ? 3e-3 : 1e-7)))
      throw new Error(
        `gradient of ${name}: ${actual} along a direction, differences say ${expected} (order ${order})`,
      );
  }
  if (order > 1)
    await expectModelGradients(derivative.model, allFeeds, { order: order - 1, single, ...rest });
}

interface Result {
  name: string;
  tensor: Tensor;
}

/** The outputs of a model as onnxruntime computes them. */
export async function evaluate(
  model: Model,
  feeds: ReadonlyMap<string, Tensor>,
): Promise<Result[]> {
  const session = await InferenceSession.create(writeModel(model), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'basic',
  });
  const given = [...feeds]
    .filter(([name]) => session.inputNames.includes(name))
    .map(([name, { type, data, dims }]) => [
      name,
      new RuntimeTensor(type as 'float32', data as Float32Array, dims),
    ]);
  const results = await session.run(Object.fromEntries(given) as Record<string, RuntimeTensor>);
  await session.release();
  return session.outputNames.map(name => {
    const { type, dims, data } = results[name];
    return { name, tensor: { type, dims, data } as Tensor };
  });
}

function like({ type, dims }: Tensor, random: Random): Tensor {
  const data = new Float64Array(sizeOf(dims));
  random.fillNormal(data, 0, 1);
  return tensorOf(type, dims, data);
}

const combine = (x: Tensor, direction: Tensor, step: number): Tensor =>
  tensorOf(
    x.type,
    x.dims,
    Array.from(
      x.data as Float64Array,
      (value, i) => value + step * (direction.data as Float64Array)[i],
    ),
  );

const dot = (a: Tensor, b: Tensor): number =>
  (a.data as Float64Array).reduce((sum, x, i) => sum + x * (b.data as Float64Array)[i], 0);

const norm = (a: Tensor): number => Math.sqrt(dot(a, a));
