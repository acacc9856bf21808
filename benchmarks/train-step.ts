import { availableParallelism } from 'node:os';
import { Random } from '@nads/linalg';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork, OnnxEngine, sgd, type Batch } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { againstTorch, torchContenders } from './lib/against-torch.ts';
import type { Result } from './lib/beside.ts';
import type { Log } from './lib/logged.ts';
import { openPeer, reportOf, type Peer } from './lib/peer.ts';
import { secondsPerRun } from './lib/seconds-per-run.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/** Images in a step, and the most that a step may take against PyTorch's. */
const networks = [
  { name: 'lenet', batch: 128, target: 1 },
  { name: 'vgg11-bn', batch: 128, target: 1 },
  { name: 'resnet18', batch: 128, target: 1 },
  { name: 'densenet121', batch: 32, target: 1.3 },
  { name: 'nsl-dynamic', batch: 128, target: 1 },
  { name: 'pi-resnet18', batch: 128, target: 1 },
];

/** Images in a step that PyTorch is tried with. */
const batches = [16, 32, 64, 128, 256];

const scan = 1;
const measurement = 3;
const rounds = 3;
const sizes = { channels: 1, height: 32, width: 32, classes: 2 };

/** Networks that `--only` can name. */
export const choice = networks.map(({ name }) => name);

/** Seconds for a step of SGD with momentum, weight decay and clipping: one ONNX graph against PyTorch. */
export async function run({ log, only }: RunOptions): Promise<Outcome> {
  await chooseBackend('cpu');
  const peer = await openPeer('train.py', log);
  const results: Result[] = [];
  for (const network of networks.filter(({ name }) => !only || name === only))
    results.push(...(await compare(network, peer, log)));
  peer?.close();
  return { results, ...reportOf(peer), notes };
}

const notes = [
  'Seconds are for so many images as a step of ours has; PyTorch takes them in steps of its best size, or of ours.',
];

async function compare(
  { name, batch, target }: (typeof networks)[number],
  peer: Peer | undefined,
  log: Log,
): Promise<Result[]> {
  const engine = await open(name);
  const given = noise(batch);
  const step = () => engine.step(given, 0.01);
  // the first step records how memory is used, the second takes it from the system
  for (let warming = 0; warming < 2; warming++) await step();
  log(`${name}: warm`);
  const torch =
    peer &&
    (await torchContenders({ ask: askFor(peer, name), batches, scan, measurement }, batch, log));
  const best = await shortest(
    rounds,
    {
      ours: async () => (await secondsPerRun(step, measurement)) / batch,
      ...torch?.contenders,
    },
    90,
  );
  await engine.close();
  const how = `batch ${batch}`;
  return againstTorch(`train-step-${name}`, best, torch, { how, target, images: batch });
}

const askFor = (peer: Peer, network: string) => async (batch: number, seconds: number) =>
  (await peer.ask<{ seconds_per_step: number }>({ network, batch, seconds })).seconds_per_step /
  batch;

function open(name: string): Promise<OnnxEngine> {
  const { onnx } = freshNetwork(architectureOf(name), sizes, { random: new Random(0) });
  return OnnxEngine.open(onnx, {
    optimizer: sgd({ momentum: 0.9, weightDecay: 5e-4 }),
    clip: 0.5,
    random: new Random(1),
    runtime: nodeRuntime,
    threads: availableParallelism(),
  });
}

function noise(count: number): Batch {
  const images = new Float32Array(count * sizes.height * sizes.width);
  new Random(2).fillNormal(images, 0, 1);
  return { images, labels: Int32Array.from({ length: count }, (_, i) => i % 2) };
}
