import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Random } from '@nads/linalg';
import {
  differentiate,
  feeds,
  inferShapes,
  parameters,
  parseInit,
  readModel,
  withFreshWeights,
  writeModel,
  type Dimension,
} from '@nads/onnx';
import { answerLoop } from '../lib/answer-loop.ts';
import { secondsPerRun } from '../lib/seconds-per-run.ts';
import type { Wrt } from './compare.ts';

const { file, wrt, threads } = workerData as { file: string; wrt: Wrt; threads: number };
const read = readModel(readFileSync(new URL(`../../models/${file}`, import.meta.url)), file);
const model = withFreshWeights(read, parseInit('pytorch'), new Random(0));
const { graph } = model;
const names =
  wrt === 'input' ? feeds(graph).map(({ name }) => name) : parameters(graph, inferShapes(model));
const derivative = differentiate(model, { wrt: names });
const session = await InferenceSession.create(writeModel(derivative.model), {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
answerLoop(parentPort, async ({ batch, seconds }) => {
  const all = Object.fromEntries(
    derivative.model.graph.inputs.map(({ name, dims }) => [name, filled(dims, batch)]),
  );
  // the first run records how memory is used, the second takes it from the system
  for (let warming = 0; warming < 2; warming++) await session.run(all);
  return secondsPerRun(() => session.run(all), seconds);
});

/** Noise, a free size being the batch. */
function filled(dims: readonly Dimension[] = [], batch: number): Tensor {
  const sizes = dims.map(size => (typeof size === 'number' ? size : batch));
  const data = new Float32Array(sizes.reduce((product, n) => product * n, 1));
  new Random(0).fillNormal(data, 0, 1);
  return new Tensor('float32', data, sizes);
}
