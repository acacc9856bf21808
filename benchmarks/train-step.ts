import { availableParallelism } from 'node:os';
import { Random } from '@nads/linalg';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork, OnnxEngine, sgd } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { openPeer } from './lib/peer.mjs';
import { secondsPerRun } from './lib/seconds-per-run.mjs';
import { beside, shortest } from './lib/shortest.mjs';

/** Images in a step, and the most that a step may take against PyTorch's. */
const networks = [
  { name: 'lenet', batch: 128, target: 1 },
  { name: 'vgg11-bn', batch: 128, target: 1 },
  { name: 'resnet18', batch: 128, target: 1 },
  { name: 'densenet121', batch: 32, target: 1.3 },
];

const measurement = 3;
const rounds = 3;
const sizes = { channels: 1, height: 32, width: 32, classes: 2 };

/** Seconds for a step of SGD with momentum, weight decay and clipping: one ONNX graph against PyTorch. */
export async function run({ log, only }) {
  await chooseBackend('cpu');
  const peer = await openPeer('train.py');
  const results = [];
  for (const network of networks.filter(({ name }) => !only || name === only))
    results.push(await compare(network, peer, log));
  peer?.close();
  return { results, peer: peer?.name ?? null };
}

async function compare({ name, batch, target }, peer, log) {
  const engine = await open(name);
  const given = noise(batch);
  const step = () => engine.step(given, 0.01);
  // the first step records how memory is used, the second takes it from the system
  for (let warming = 0; warming < 2; warming++) await step();
  log(`${name}: warm`);
  const best = await shortest(
    rounds,
    {
      ours: () => secondsPerRun(step, measurement),
      peer:
        peer &&
        (async () =>
          (await peer.ask({ network: name, batch, seconds: measurement })).seconds_per_step),
    },
    90,
  );
  await engine.close();
  return beside(`train-step-${name}`, best.ours, best.peer, { target, compared: `batch ${batch}` });
}

function open(name) {
  const { onnx } = freshNetwork(architectureOf(name), sizes, { random: new Random(0) });
  return OnnxEngine.open(onnx, {
    optimizer: sgd({ momentum: 0.9, weightDecay: 5e-4 }),
    clip: 0.5,
    random: new Random(1),
    runtime: nodeRuntime,
    threads: availableParallelism(),
  });
}

function noise(count) {
  const images = new Float32Array(count * sizes.height * sizes.width);
  new Random(2).fillNormal(images, 0, 1);
  return { images, labels: Int32Array.from({ length: count }, (_, i) => i % 2) };
}
