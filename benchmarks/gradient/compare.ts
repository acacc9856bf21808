import { againstTorch, torchContenders } from '../lib/against-torch.ts';
import type { Result } from '../lib/beside.ts';
import type { Log } from '../lib/logged.ts';
import { bestLoop, openLoop } from '../lib/loops.ts';
import { networks, type Network } from '../lib/networks.ts';
import { openPeer, reportOf, type Peer } from '../lib/peer.ts';
import { shortest } from '../lib/shortest.ts';
import type { Outcome } from '../lib/table.ts';
import type { RunOptions } from '../run.ts';

/** What gradients are taken with respect to. */
export type Wrt = 'input' | 'parameters';

/** Seconds that finding the best batch size spends on each, and that a measurement takes. */
const scan = 0.5;
const measurement = 2;
const rounds = 3;

/**
 * Seconds per image of gradients, ours against PyTorch's autograd at the batch size that suits it best and at ours.
 * @param faster how many times faster than PyTorch at its best ours is to be, by network.
 */
export async function compareGradients(
  wrt: Wrt,
  faster: Readonly<Record<Network['name'], number>>,
  { log, only }: RunOptions,
): Promise<Outcome> {
  const peer = await openPeer('gradient.py', log);
  const results: Result[] = [];
  for (const network of networks.filter(({ name }) => !only || name === only))
    results.push(...(await compare(network, wrt, 1 / faster[network.name], peer, log)));
  peer?.close();
  return { results, ...reportOf(peer) };
}

async function compare(
  { name, file, batches }: Network,
  wrt: Wrt,
  target: number,
  peer: Peer | undefined,
  log: Log,
): Promise<Result[]> {
  const worker = new URL('worker.ts', import.meta.url);
  const data = { file, wrt };
  const { way, batch } = await bestLoop(worker, data, batches, scan, log);
  const torch =
    peer &&
    (await torchContenders(
      { ask: askFor(peer, name, wrt), batches, scan, measurement },
      batch,
      log,
    ));
  const loop = await openLoop(worker, data, way);
  const best = await shortest(rounds, {
    ours: () => loop.measure(batch, measurement),
    ...torch?.contenders,
  });
  await loop.close();
  const stem = `${wrt}-gradient-${name}`.replace('parameters', 'parameter');
  return againstTorch(stem, best, torch, { how: `${way.name}, batch ${batch}`, target });
}

const askFor = (peer: Peer, network: string, wrt: Wrt) => async (batch: number, seconds: number) =>
  (await peer.ask<{ seconds_per_image: number }>({ network, batch, seconds, wrt }))
    .seconds_per_image;
