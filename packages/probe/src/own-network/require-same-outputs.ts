import { batchOf, pixelsOf } from '@nads/basis';
import { Random } from '@nads/linalg';
import { opsetOf, sizeOf, writeModel, type Model } from '@nads/onnx';
import { float32, type Runtime, type Session, type Values } from '@nads/runtime';
import { agree } from '../estimator/secants/agree.js';
import type { GradientModel } from './gradient-model.js';

/**
 * Checks on noise that a gradient model gives the outputs of the network that it was derived from, where nodes of
 * that were converted to a later opset and the runtime runs it as it is.
 * @throws where they differ, with the largest difference.
 */
export async function requireSameOutputs(
  runtime: Runtime,
  session: Session,
  model: GradientModel,
): Promise<void> {
  const { original, output } = model;
  if (!original) return;
  const feeds = noise(model);
  const [before, again] = await outputsOf(runtime, original, feeds);
  if (!before || !agree(before, again)) return;
  const results = await session.run({ ...feeds, ...zeroSeed(model) });
  const after = results[output].data as Float32Array;
  if (!agree(before, after)) throw differs(opsetOf(original), largestDifference(before, after));
}

/** As many images of noise as a run takes at least. */
function noise({ image, batch, obstacle }: GradientModel): Values {
  const rows = rowsOf({ batch, obstacle });
  const data = new Float32Array(rows * pixelsOf(image));
  new Random('opset').fillUniform(data, 0, 1);
  return { [image.name]: float32(data, batchOf(rows, image, image.layout)) };
}

function zeroSeed({ seed, outputDims, batch, obstacle }: GradientModel): Values {
  const dims = [rowsOf({ batch, obstacle }), ...outputDims];
  return { [seed]: float32(new Float32Array(sizeOf(dims)), dims) };
}

const rowsOf = ({ batch, obstacle }: Pick<GradientModel, 'batch' | 'obstacle'>): number =>
  obstacle === undefined ? 1 : batch;

/** Of two runs, since some networks draw numbers; nothing where the runtime does not run the network. */
async function outputsOf(runtime: Runtime, network: Model, feeds: Values): Promise<Float32Array[]> {
  const session = await runtime.createSession(writeModel(network)).catch(() => undefined);
  if (!session) return [];
  try {
    const [one, two] = [await session.run(feeds), await session.run(feeds)];
    const name = network.graph.outputs[0].name;
    return [one, two].map(results => results[name].data as Float32Array);
  } catch {
    return [];
  } finally {
    await session.release();
  }
}

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);

const differs = (opset: number, difference: number): Error =>
  new Error(
    `its gradient needs its nodes of opset ${opset} in later forms, but these give other outputs (by up to ` +
      `${difference.toPrecision(2)} on noise); export the model again with opset 17`,
  );
