import { availableParallelism } from 'node:os';
import type { Preparation } from '@nads/probe';
import { beside, type Result } from '../lib/beside.ts';
import { bestBatch } from '../lib/best-batch.ts';
import { openEstimator, type Estimator } from '../lib/estimator.ts';
import { logged, type Log } from '../lib/logged.ts';
import { networks, prepared, type Network } from '../lib/networks.ts';
import type { Peer } from '../lib/peer.ts';
import { shortest, type Contender } from '../lib/shortest.ts';

const cores = availableParallelism();
const pixels = 1024;

/** How a network is measured. */
interface Setting {
  readonly rounds: number;
  /** Networks in one measurement, ours and the reference method's. */
  readonly ours: number;
  readonly theirs: number;
  /** Directions that the reference method is timed on, its time scaled to all. */
  readonly timed: number;
  /** The share of the reference method's time at its best that ours is to take at most. */
  readonly target: number;
  readonly basis?: string;
}

/** DenseNet is probed along a quarter of the directions by both, since it takes too long otherwise. */
const settings: Readonly<Record<Network['name'], Setting>> = {
  lenet: { rounds: 5, ours: 20 * cores, theirs: 10, timed: pixels, target: 0.25 },
  vgg11: { rounds: 3, ours: cores, theirs: 1, timed: pixels / 2, target: 0.5 },
  resnet18: { rounds: 2, ours: cores, theirs: 1, timed: pixels / 4, target: 0.8 },
  densenet121: {
    rounds: 2,
    ours: cores,
    theirs: 1,
    timed: pixels / 4,
    target: 0.6,
    basis: 'blocks:2',
  },
};

/** Images a run of the reference method in the published code. */
const usualBatch = 128;
/** Those that are tried for its best. */
const peerBatches = [8, 16, 32, 64, usualBatch];

/**
 * Seconds per network of the estimator and of the published method at the batch size that suits it best, drawing
 * weights, sessions and accumulation included.
 */
export async function rates(peer: Peer | undefined, log: Log): Promise<Result[]> {
  const results: Result[] = [];
  for (const network of networks) results.push(...(await compare(network, peer, log)));
  return results;
}

async function compare(network: Network, peer: Peer | undefined, log: Log): Promise<Result[]> {
  const { name } = network;
  const setting = settings[name];
  const ours = variants(network, setting);
  if (name === 'lenet') for (const { estimator } of ours) await estimator.draw(setting.ours);
  const batch = peer ? await bestBatch(peerBatches, perImage(peer, name), log) : usualBatch;
  const at = (size: number): Contender | undefined =>
    peer && (() => reference(peer, name, size, ours[0].directions, log));
  const best = await shortest<string>(setting.rounds, {
    ...Object.fromEntries(ours.map(variant => [variant.name, () => time(variant, setting, log)])),
    peer: at(batch),
    usual: batch === usualBatch ? undefined : at(usualBatch),
  });
  for (const { estimator } of ours) await estimator.close();
  return rows(ours, best, batch, setting);
}

/** Each of ours beside the reference method at its best, and the first beside it at the published batch size. */
function rows(
  ours: readonly Variant[],
  times: Readonly<Record<string, number | undefined>>,
  batch: number,
  setting: Setting,
): Result[] {
  const row = (variant: Variant, suffix: string, against: Reference, target?: number): Result =>
    beside(`${variant.name}${suffix}`, times[variant.name]!, against.seconds, {
      target,
      compared: [describe(variant), ...describeReference(against, setting)].join('; '),
    });
  const usual = { batch: usualBatch, seconds: times.usual };
  const tried = { batch, seconds: times.peer };
  const best = (usual.seconds ?? Infinity) < (tried.seconds ?? 0) ? usual : tried;
  return [
    ...ours.map((variant, i) => row(variant, '', best, i === 0 ? setting.target : undefined)),
    ...(usual.seconds ? [row(ours[0], `-peer-batch-${usualBatch}`, usual)] : []),
  ];
}

/** The reference method at a batch size; no seconds without a peer. */
interface Reference {
  readonly batch: number;
  readonly seconds?: number;
}

/** An estimator at work, and what it was made of. */
interface Variant extends Preparation {
  readonly name: string;
  readonly estimator: Estimator;
}

/** Estimators with one draw of all weights a network, as in the published method, and by default. */
function variants(network: Network, { basis }: Setting): Variant[] {
  const name = `estimate-${network.name}`;
  const usual = prepared(network, { basis });
  const all = [
    { name, ...prepared(network, { basis, tails: 1, further: 0 }) },
    ...(usual.plan.tail || usual.plan.further ? [{ name: `${name}-by-default`, ...usual }] : []),
  ];
  return all.map(variant => ({ ...variant, estimator: openEstimator(variant.plan) }));
}

const describe = ({ directions, plan: { tail, further, batch } }: Variant): string =>
  [
    `${directions} directions, ${tail?.count ?? 1} × the tail`,
    ...(further ? [`${further.count} further networks`] : []),
    `batches of ${batch}`,
  ].join(', ');

const describeReference = ({ batch, seconds }: Reference, { timed }: Setting): string[] =>
  seconds === undefined ? [] : [`PyTorch ${batch} images at a time, timed on ${timed} directions`];

const time = async ({ name, estimator }: Variant, { ours }: Setting, log: Log): Promise<number> =>
  logged(log, name, await estimator.measure(ours));

/** Seconds per network, as benchmarks/peer/reference.py answers. */
interface ReferenceSeconds {
  readonly drawing: number;
  readonly probing: number;
}

/** Seconds of the published method for a network probed along so many directions. */
async function reference(
  peer: Peer,
  network: Network['name'],
  batch: number,
  directions: number,
  log: Log,
): Promise<number> {
  const { theirs, timed } = settings[network];
  const request = { network, batch, networks: theirs, directions: timed };
  const { drawing, probing } = await peer.ask<ReferenceSeconds>(request);
  return logged(log, `${network}, peer, batch ${batch}`, drawing + (probing * directions) / timed);
}

/** The reference method's seconds per image, of 2 images a direction, after a run to warm up. */
const perImage = (peer: Peer, network: string) => async (batch: number) => {
  const request = { network, batch, networks: 1, directions: Math.max(batch, 64) };
  await peer.ask({ ...request, directions: batch });
  const { probing } = await peer.ask<ReferenceSeconds>(request);
  return probing / (2 * request.directions);
};
