import { availableParallelism } from 'node:os';
import { againstTorch, torchContenders } from './lib/against-torch.ts';
import { beside, type Result } from './lib/beside.ts';
import { openEstimator } from './lib/estimator.ts';
import type { Log } from './lib/logged.ts';
import { bestLoop, openLoop } from './lib/loops.ts';
import { networks, prepared, type Network } from './lib/networks.ts';
import { openPeer, reportOf, type Peer } from './lib/peer.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/** Seconds that finding the best batch size spends on each, and that a measurement takes. */
const scan = 0.5;
const measurement = 2;

const cores = availableParallelism();

/** How a network is measured. */
interface Setting {
  /** Networks that the estimator draws for one measurement. */
  readonly count: number;
  readonly rounds: number;
  readonly basis?: string;
  /** Estimator's seconds per image over the bare loop's that still is enough. */
  readonly shareOfBare?: number;
}

/** DenseNet is probed along a quarter of the directions, since it takes too long otherwise. */
const settings: Readonly<Record<Network['name'], Setting>> = {
  lenet: { count: 20 * cores, rounds: 6, shareOfBare: 1 / 0.7 },
  vgg11: { count: cores, rounds: 3 },
  resnet18: { count: cores, rounds: 2, shareOfBare: 1 / 0.9 },
  densenet121: { count: cores, rounds: 2, basis: 'blocks:2' },
};

/** Networks that `--only` can name. */
export const choice = networks.map(({ name }) => name);

/**
 * Seconds per image: the estimator, with one draw of all weights a network and all that it does
 * beside running it, against a loop of nothing but `session.run`; and that loop against PyTorch.
 */
export async function run({ log, only }: RunOptions): Promise<Outcome> {
  const peer = await openPeer('forward.py', log);
  const results: Result[] = [];
  for (const network of networks.filter(({ name }) => !only || name === only))
    results.push(...(await compare(network, peer, log)));
  peer?.close();
  return { results, ...reportOf(peer), notes };
}

const notes = [
  'share-of-bare: ours is the estimator, the peer a bare session.run loop at its best batch size;',
  'the others: ours is that loop, the peer PyTorch at its best batch size, or at that of the loop. Seconds per image.',
];

async function compare(network: Network, peer: Peer | undefined, log: Log): Promise<Result[]> {
  const { name, batches } = network;
  const { count, rounds, basis, shareOfBare } = settings[name];
  const { plan, imagesPerNetwork } = prepared(network, { tails: 1, ...(basis && { basis }) });
  log(`${name}: the estimator runs batches of ${plan.batch}`);
  const estimator = openEstimator(plan);
  const worker = new URL('forward/bare-worker.ts', import.meta.url);
  const { way, batch } = await bestLoop(worker, { plan }, batches, scan, log);
  const torch =
    peer &&
    (await torchContenders({ ask: askFor(peer, name), batches, scan, measurement }, batch, log));
  if (name === 'lenet') await estimator.draw(count);
  const loop = await openLoop(worker, { plan }, way);
  const best = await shortest(rounds, {
    ours: () => loop.measure(batch, measurement),
    ...torch?.contenders,
    estimator: async () => (await estimator.measure(count)) / imagesPerNetwork,
  });
  await loop.close();
  await estimator.close();
  const how = `${way.name}, batch ${batch}`;
  return [
    beside(`forward-${name}-share-of-bare`, best.estimator!, best.ours, {
      ...(shareOfBare && { target: shareOfBare }),
      own: true,
      compared: `estimator, batch ${plan.batch}; ${how}`,
    }),
    ...againstTorch(`forward-${name}`, best, torch, { how }),
  ];
}

const askFor = (peer: Peer, network: string) => async (batch: number, seconds: number) =>
  (await peer.ask<{ seconds_per_image: number }>({ network, batch, seconds })).seconds_per_image;
