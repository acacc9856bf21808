import { feeds, inferShapes, macs, sizeOf, tensorOf, writeModel, type Model } from '@nads/onnx';
import type { Runtime, Value, Values } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { shortNumber } from '../short-number.js';
import type { DerivedModel } from './derive.js';
import { liveBytes } from './live-bytes.js';

/**
 * What a derivative may take to be run only to see that it does: bytes of values, multiply–accumulates, and nodes, in whose
 * square onnxruntime's time to load a model grows.
 */
const largest = { bytes: 2 ** 28, macs: 2e10, nodes: 10_000 };

/**
 * Runs a derivative on zeros for one image, to see that the runtime has all that it needs.
 * @param name of the model, for errors
 * @returns why it was not run: it is large, or the sizes of its inputs are not known
 * @throws what the runtime says where it does not run
 */
export async function tryDerivative(
  name: string,
  { model, sizes }: DerivedModel,
  { runtime, memory = Infinity }: Pick<Environment, 'memory' | 'runtime'>,
): Promise<string | undefined> {
  const obstacle = obstacleTo(model, sizes, memory);
  if (obstacle === undefined)
    await about(`${name}: the derivative does not run on ${runtime.name}`, () =>
      runOnZeros(model, sizes!, runtime),
    );
  return obstacle;
}

async function runOnZeros(
  model: Model,
  sizes: NonNullable<Sizes>,
  runtime: Runtime,
): Promise<void> {
  const session = await runtime.createSession(writeModel(model));
  try {
    await session.run(zeros(model, sizes));
  } finally {
    await session.release();
  }
}

type Sizes = DerivedModel['sizes'];

function obstacleTo(model: Model, sizes: Sizes, memory: number): string | undefined {
  if (!sizes) return 'sizes of its inputs are free';
  const { graph } = model;
  if (graph.nodes.length > largest.nodes) return `it has ${graph.nodes.length} nodes`;
  const inference = inferShapes(model, sizes);
  const [values, work] = [liveBytes(graph, inference), macs(graph, inference)];
  const weights = [...graph.initializers.values()].reduce((sum, { dims }) => sum + sizeOf(dims), 0);
  if (values > largest.bytes || values + 3 * 4 * weights > memory / 2)
    return `its values and weights take ${shortNumber(values + 4 * weights)}B`;
  return work > largest.macs ? `it takes ${shortNumber(work)} multiply–accumulates` : undefined;
}

const zeros = ({ graph }: Model, sizes: NonNullable<Sizes>): Values =>
  Object.fromEntries(
    feeds(graph).map(({ name, type }) => [
      name,
      tensorOf(type!, sizes[name], new Uint8Array(sizeOf(sizes[name]))) as Value,
    ]),
  );
