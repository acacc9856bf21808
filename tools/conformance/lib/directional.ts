import { Random } from '@nads/linalg';
import {
  differentiate,
  feeds,
  inlineFunctions,
  isFloating,
  sizeOf,
  upgradeOpset,
  writeModel,
} from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';

/** Steps that are tried: the best one counts, since rounding spoils small ones and kinks large ones. */
const steps = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1];

/**
 * How far the gradient of a model is from central differences along it, relatively:
 * s(x + h·g/‖g‖) − s(x − h·g/‖g‖) should be 2h·‖g‖ for s = Σ seed · outputs.
 * @param given inputs by name; others are drawn.
 * @throws NoGradient where there is none.
 */
export async function directional(original, given) {
  const model = upgradeOpset(inlineFunctions(original));
  const { graph } = model;
  const inputs = Object.fromEntries(
    feeds(graph).map(info => [info.name, given[info.name] ?? drawn(info)]),
  );
  const wrt = feeds(graph).flatMap(({ name, type }) => (isFloating(type) ? [name] : []));
  const of = graph.outputs.flatMap(({ name, type }) => (isFloating(type) ? [name] : []));
  const derivative = differentiate(model, { wrt, of });
  const forward = await nodeRuntime.createSession(writeModel(model), { threads: 1 });
  const backward = await nodeRuntime.createSession(writeModel(derivative.model), { threads: 1 });
  try {
    const outputs = await forward.run(inputs);
    const seeds = of.map((name, i) => [derivative.seeds[i], like(outputs[name], `seed ${name}`)]);
    const results = await backward.run({ ...inputs, ...Object.fromEntries(seeds) });
    const gradients = wrt.map((name, i) => [name, results[derivative.gradients[i]]]);
    const norm = Math.sqrt(gradients.reduce((sum, [, g]) => sum + dot(g.data, g.data), 0));
    if (norm === 0) throw new Error('the gradient is zero everywhere');
    const value = async step => {
      const moved = gradients.map(([name, g]) => [name, along(inputs[name], g, step / norm)]);
      const at = await forward.run({ ...inputs, ...Object.fromEntries(moved) });
      return seeds.reduce((sum, [, seed], i) => sum + dot(seed.data, at[of[i]].data), 0);
    };
    const errors = [];
    for (const step of steps)
      errors.push(Math.abs(((await value(step)) - (await value(-step))) / (2 * step * norm) - 1));
    return Math.min(...errors);
  } finally {
    await forward.release();
    await backward.release();
  }
}

function drawn({ name, type, dims }) {
  const sizes = dims.map(size => (typeof size === 'number' && size > 0 ? size : 1));
  return like({ type, dims: sizes, data: new Float32Array(sizeOf(sizes)) }, name);
}

function like({ type, dims, data }, label) {
  const values = new (type === 'float64' ? Float64Array : Float32Array)(data.length);
  new Random(label).fillNormal(values, 0, 1);
  return { type, dims, data: values };
}

const along = ({ type, dims, data }, gradient, step) => ({
  type,
  dims,
  data: data.map((x, i) => x + step * gradient.data[i]),
});

const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
