import { availableParallelism } from 'node:os';
import { openEstimator } from './lib/estimator.mjs';
import { bestLoop, openLoop } from './lib/loops.mjs';
import { networks, prepared } from './lib/networks.mjs';
import { bestPeerBatch, openPeer } from './lib/peer.mjs';
import { beside, shortest } from './lib/shortest.mjs';

/** Seconds that finding the best batch size spends on each, and that a measurement takes. */
const scan = 0.25;
const measurement = 2;

const cores = availableParallelism();

/**
 * Networks that the estimator draws for one measurement, and measurements. DenseNet is probed along
 * a quarter of the directions, since it takes too long otherwise.
 */
const settings = {
  lenet: { count: 20 * cores, rounds: 6 },
  vgg11: { count: cores, rounds: 3 },
  resnet18: { count: cores, rounds: 2 },
  densenet121: { count: cores, rounds: 2, basis: 'blocks:2' },
};

/** Estimator's seconds per image over the bare loop's that still is enough. */
const targets = { lenet: 1 / 0.7, resnet18: 1 / 0.9 };

/**
 * Seconds per image: the estimator, with one draw of all weights a network and all that it does
 * beside running it, against a loop of nothing but `session.run`; and that loop against PyTorch.
 */
export async function run({ log }) {
  const peer = await openPeer('forward.py');
  const results = [];
  for (const network of networks) results.push(...(await compare(network, peer, log)));
  peer?.close();
  return { results, peer: peer?.name ?? null, notes };
}

const notes = [
  'share-of-bare: ours is the estimator, the peer a bare session.run loop at its best batch size;',
  'the others: ours is that loop, the peer PyTorch at its best batch size. Seconds per image.',
];

async function compare(network, peer, log) {
  const { name, batches } = network;
  const { count, rounds, basis } = settings[name];
  const { plan, imagesPerNetwork } = prepared(network, { tails: 1, basis });
  log(`${name}: the estimator runs batches of ${plan.batch}`);
  const estimator = openEstimator(plan);
  const worker = new URL('forward/bare-worker.mjs', import.meta.url);
  const { way, batch } = await bestLoop(worker, { plan }, batches, scan, log);
  const peerBatch =
    peer && (await bestPeerBatch(batches, size => ask(peer, name, size, scan), log));
  if (name === 'lenet') await estimator.draw(count);
  const loop = await openLoop(worker, { plan }, way);
  const best = await shortest(rounds, {
    bare: () => loop.measure(batch, measurement),
    peer: peer && (() => ask(peer, name, peerBatch, measurement)),
    estimator: async () => (await estimator.measure(count)) / imagesPerNetwork,
  });
  await loop.close();
  await estimator.close();
  const bare = `${way.name}, batch ${batch}`;
  return [
    beside(`forward-${name}-share-of-bare`, best.estimator, best.bare, {
      ...(targets[name] && { target: targets[name] }),
      compared: `estimator, batch ${plan.batch}; ${bare}`,
    }),
    beside(`forward-${name}`, best.bare, best.peer, {
      compared: `${bare}${peer ? `; PyTorch, batch ${peerBatch}` : ''}`,
    }),
  ];
}

const ask = async (peer, network, batch, seconds) =>
  (await peer.ask({ network, batch, seconds })).seconds_per_image;
