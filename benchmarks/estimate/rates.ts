import { availableParallelism } from 'node:os';
import { openEstimator } from '../lib/estimator.mjs';
import { networks, prepared } from '../lib/networks.mjs';
import { beside, logged, shortest } from '../lib/shortest.mjs';

const cores = availableParallelism();
const pixels = 1024;

/**
 * For each network: measurements of each side; networks in one of them, ours and the reference
 * method's; the directions that the latter is timed on, its time scaled to all; and how many times
 * faster ours is to be. DenseNet is probed along a quarter of the directions by both, since it takes
 * too long otherwise.
 */
const settings = {
  lenet: { rounds: 5, ours: 20 * cores, theirs: 10, timed: pixels, faster: 6 },
  vgg11: { rounds: 3, ours: cores, theirs: 1, timed: pixels / 2, faster: 1.6 },
  resnet18: { rounds: 2, ours: cores, theirs: 1, timed: pixels / 4, faster: 2.4 },
  densenet121: {
    rounds: 2,
    ours: cores,
    theirs: 1,
    timed: pixels / 4,
    faster: 3,
    basis: 'blocks:2',
  },
};

/** Images a run of the reference method with which the targets were set. */
const usualBatch = 128;
/** Those that are tried for its best. */
const peerBatches = [8, 16, 32, 64, usualBatch];

/**
 * Seconds per network of the estimator and of the published method, drawing weights, sessions and
 * accumulation included.
 */
export async function rates(peer, log) {
  const results = [];
  for (const network of networks) results.push(...(await compare(network, peer, log)));
  return results;
}

async function compare(network, peer, log) {
  const { name } = network;
  const setting = settings[name];
  const ours = variants(network, setting);
  if (name === 'lenet') for (const { estimator } of ours) await estimator.draw(setting.ours);
  const batch = peer && (await bestPeerBatch(peer, name, log));
  const best = await shortest(setting.rounds, {
    ...Object.fromEntries(ours.map(variant => [variant.name, () => time(variant, setting, log)])),
    peer: peer && (() => reference(peer, name, usualBatch, ours[0].directions, log)),
    peerAtBest:
      peer && batch !== usualBatch && (() => reference(peer, name, batch, ours[0].directions, log)),
  });
  for (const { estimator } of ours) await estimator.close();
  const row = (variant, name, peerSeconds, peerBatch, rest) =>
    beside(name, best[variant.name], peerSeconds, {
      ...rest,
      compared: [describe(variant), peer && describePeer(peerBatch, setting)]
        .filter(Boolean)
        .join('; '),
    });
  const rows = ours.map((variant, i) =>
    row(variant, variant.name, best.peer, usualBatch, i === 0 && { target: 1 / setting.faster }),
  );
  if (best.peerAtBest)
    rows.push(row(ours[0], `${ours[0].name}-peer-at-its-best`, best.peerAtBest, batch));
  return rows;
}

/** Estimators with one draw of all weights a network, as in the published method, and by default. */
function variants(network, { basis }) {
  const name = `estimate-${network.name}`;
  const usual = prepared(network, { basis });
  const all = [
    { name, ...prepared(network, { basis, tails: 1 }) },
    ...(usual.plan.tail ? [{ name: `${name}-by-default`, ...usual }] : []),
  ];
  return all.map(variant => ({ ...variant, estimator: openEstimator(variant.plan) }));
}

const describe = ({ directions, plan }) =>
  `${directions} directions, ${plan.tail?.count ?? 1} × the tail, batches of ${plan.batch}`;

const describePeer = (batch, { timed }) =>
  `PyTorch ${batch} images at a time, timed on ${timed} directions`;

const time = async ({ name, estimator }, { ours }, log) =>
  logged(log, name, await estimator.measure(ours));

/** Seconds of the published method for a network probed along so many directions. */
async function reference(peer, network, batch, directions, log) {
  const { theirs, timed } = settings[network];
  const request = { network, batch, networks: theirs, directions: timed };
  const { drawing, probing } = await peer.ask(request);
  return logged(log, `${network}, peer`, drawing + (probing * directions) / timed);
}

async function bestPeerBatch(peer, network, log) {
  let best = { seconds: Infinity };
  for (const batch of peerBatches) {
    const request = { network, batch, networks: 1, directions: Math.max(batch, 64) };
    await peer.ask({ ...request, directions: batch });
    const { probing } = await peer.ask(request);
    const seconds = (probing * pixels) / request.directions;
    log(`${network}, peer, ${batch} directions at a time: ${seconds.toPrecision(4)} s`);
    if (seconds < best.seconds) best = { batch, seconds };
  }
  return best.batch;
}
