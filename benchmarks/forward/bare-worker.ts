import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Random } from '@nads/linalg';
import { secondsPerRun } from '../lib/seconds-per-run.mjs';
import { allocateWeights, drawWeights, parseInit } from '@nads/onnx';

const { plan, threads } = workerData;
const { body, shape } = plan;

const session = await InferenceSession.create(body.model, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  externalData: freshWeights(),
});
parentPort.on('message', request =>
  request === 'close' ? parentPort.close() : void answer(request),
);
parentPort.postMessage('ready');

function freshWeights() {
  const weights = allocateWeights(body.draws);
  drawWeights(body.draws, parseInit(plan.init), new Random(0), weights);
  return [...weights].map(([path, { buffer }]) => ({ path, data: new Uint8Array(buffer) }));
}

async function answer({ batch, seconds }) {
  const feeds = { [body.input]: images(batch) };
  await session.run(feeds);
  parentPort.postMessage(await secondsPerRun(() => session.run(feeds), seconds));
}

function images(batch) {
  const dims = [batch, shape.channels, shape.height, shape.width];
  const data = new Float32Array(dims.reduce((product, n) => product * n));
  new Random(0).fillNormal(data, 0, 1);
  return new Tensor('float32', data, dims);
}
