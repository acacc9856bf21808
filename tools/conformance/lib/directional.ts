import { Random } from '@nads/linalg';
import {
  differentiate,
  feeds,
  flatModel,
  isFloating,
  sizeOf,
  upgradeOpset,
  writeModel,
  type Derivative,
  type Model,
  type Tensor,
  type ValueInfo,
} from '@nads/onnx';
import type { Session, Value, Values } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';

/** Steps that are tried: the best one counts, since rounding spoils small ones and kinks large ones. */
const steps = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1];

/** Floating-point values. */
interface Floating extends Value {
  readonly data: Float32Array | Float64Array;
}

/** Values by name. */
type Named = readonly (readonly [name: string, value: Floating])[];

/**
 * How far the gradient of a model is from central differences along it, relatively:
 * s(x + h·g/‖g‖) − s(x − h·g/‖g‖) should be 2h·‖g‖ for s = Σ seed · outputs.
 * @param given inputs by name; others are drawn.
 * @throws NoGradient where there is none.
 */
export async function directional(
  original: Model,
  given: Readonly<Record<string, Tensor>>,
): Promise<number> {
  const model = upgradeOpset(flatModel(original));
  const { graph } = model;
  const inputs = Object.fromEntries(
    feeds(graph).map(info => [info.name, (given[info.name] as Value | undefined) ?? drawn(info)]),
  );
  const [wrt, of] = [floating(feeds(graph)), floating(graph.outputs)];
  const derivative = differentiate(model, { wrt, of });
  const forward = await nodeRuntime.createSession(writeModel(model), { threads: 1 });
  const backward = await nodeRuntime.createSession(writeModel(derivative.model), { threads: 1 });
  try {
    const outputs = await forward.run(inputs);
    const seeds = of.map(name => [name, like(outputs[name], `seed ${name}`)] as const);
    const gradients = await gradientsOf(backward, derivative, { inputs, seeds, wrt });
    return await leastError(forward, { inputs, seeds, gradients });
  } finally {
    await forward.release();
    await backward.release();
  }
}

const floating = (values: readonly ValueInfo[]): string[] =>
  values.flatMap(({ name, type }) => (type && isFloating(type) ? [name] : []));

/** The gradients with respect to these inputs. @param seeds by output. */
async function gradientsOf(
  backward: Session,
  derivative: Derivative,
  { inputs, seeds, wrt }: { inputs: Values; seeds: Named; wrt: readonly string[] },
): Promise<Named> {
  const fed = seeds.map(([, seed], i) => [derivative.seeds[i], seed]);
  const results = await backward.run({ ...inputs, ...Object.fromEntries(fed) });
  return wrt.map((name, i) => [name, results[derivative.gradients[i]] as Floating]);
}

/** The relative error at the best of the steps. @throws where the gradient vanishes. */
async function leastError(
  forward: Session,
  { inputs, seeds, gradients }: { inputs: Values; seeds: Named; gradients: Named },
): Promise<number> {
  const norm = Math.sqrt(gradients.reduce((sum, [, g]) => sum + dot(g.data, g.data), 0));
  if (norm === 0) throw new Error('the gradient is zero everywhere');
  const value = async (step: number): Promise<number> => {
    const moved = gradients.map(([name, g]) => [
      name,
      along(inputs[name] as Floating, g, step / norm),
    ]);
    const at = await forward.run({ ...inputs, ...Object.fromEntries(moved) });
    return seeds.reduce((sum, [of, seed]) => sum + dot(seed.data, (at[of] as Floating).data), 0);
  };
  const errors: number[] = [];
  for (const step of steps)
    errors.push(Math.abs(((await value(step)) - (await value(-step))) / (2 * step * norm) - 1));
  return Math.min(...errors);
}

function drawn({ name, type, dims = [] }: ValueInfo): Floating {
  const sizes = dims.map(size => (typeof size === 'number' && size > 0 ? size : 1));
  return like(
    { type: type ?? 'float32', dims: sizes, data: new Float32Array(sizeOf(sizes)) },
    name,
  );
}

/** Normal numbers of the same type and dims. */
function like({ type, dims, data }: Value, label: string): Floating {
  const values = new (type === 'float64' ? Float64Array : Float32Array)(data.length);
  new Random(label).fillNormal(values, 0, 1);
  return { type, dims, data: values };
}

const along = ({ type, dims, data }: Floating, gradient: Floating, step: number): Floating => ({
  type,
  dims,
  data: data.map((x, i) => x + step * gradient.data[i]),
});

const dot = (a: Floating['data'], b: Floating['data']): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};
