import { bestLoop, openLoop } from '../lib/loops.mjs';
import { networks } from '../lib/networks.mjs';
import { bestPeerBatch, openPeer } from '../lib/peer.mjs';
import { beside, shortest } from '../lib/shortest.mjs';

/** Seconds that finding the best batch size spends on each, and that a measurement takes. */
const scan = 0.5;
const measurement = 2;
const rounds = 3;

/** Images a run of the peer with which the targets were set. */
const usualBatch = 128;

/**
 * Seconds per image of gradients, ours against PyTorch's autograd at the batch size that the targets were
 * set with and at the one that suits it best.
 * @param wrt 'input' or 'parameters'; @param faster how many times faster ours is to be, by network.
 */
export async function compareGradients(wrt, faster, { log, only }) {
  const peer = await openPeer('gradient.py');
  const results = [];
  for (const network of networks.filter(({ name }) => !only || name === only))
    results.push(...(await compare(network, wrt, faster[network.name], peer, log)));
  peer?.close();
  return { results, peer: peer?.name ?? null };
}

async function compare(network, wrt, faster, peer, log) {
  const { name, batches } = network;
  const worker = new URL('worker.mjs', import.meta.url);
  const data = { file: network.file, wrt };
  const { way, batch } = await bestLoop(worker, data, batches, scan, log);
  const ask = async (batch, seconds) =>
    (await peer.ask({ network: name, batch, seconds, wrt })).seconds_per_image;
  const peerBatch = peer && (await bestPeerBatch(batches, size => ask(size, scan), log));
  const loop = await openLoop(worker, data, way);
  const best = await shortest(rounds, {
    ours: () => loop.measure(batch, measurement),
    peer: peer && (() => ask(usualBatch, measurement)),
    peerAtBest: peer && peerBatch !== usualBatch && (() => ask(peerBatch, measurement)),
  });
  await loop.close();
  const stem = `${wrt}-gradient-${name}`.replace('parameters', 'parameter');
  const compared = other => `${way.name}, batch ${batch}${peer ? `; PyTorch, batch ${other}` : ''}`;
  return [
    beside(stem, best.ours, best.peer, { target: 1 / faster, compared: compared(usualBatch) }),
    ...(best.peerAtBest
      ? [
          beside(`${stem}-peer-at-its-best`, best.ours, best.peerAtBest, {
            compared: compared(peerBatch),
          }),
        ]
      : []),
  ];
}
