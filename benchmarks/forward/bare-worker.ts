import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Random } from '@nads/linalg';
import { allocateWeights, drawWeights, parseInit } from '@nads/onnx';
import type { Plan } from '@nads/probe';
import { answerLoop } from '../lib/answer-loop.ts';
import { secondsPerRun } from '../lib/seconds-per-run.ts';

const { plan, threads } = workerData as { plan: Plan; threads: number };
const { body, shape } = plan;

const session = await InferenceSession.create(body.model, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  externalData: freshWeights(),
});
answerLoop(parentPort, async ({ batch, seconds }) => {
  const feeds = { [body.input]: images(batch) };
  await session.run(feeds);
  return secondsPerRun(() => session.run(feeds), seconds);
});

function freshWeights() {
  const weights = allocateWeights(body.draws);
  drawWeights(body.draws, parseInit(plan.init), new Random(0), weights);
  return [...weights].map(([path, { buffer }]) => ({ path, data: new Uint8Array(buffer) }));
}

function images(batch: number): Tensor {
  const dims = [batch, shape.channels, shape.height, shape.width];
  const data = new Float32Array(dims.reduce((product, n) => product * n));
  new Random(0).fillNormal(data, 0, 1);
  return new Tensor('float32', data, dims);
}
