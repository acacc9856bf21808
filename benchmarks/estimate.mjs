import { availableParallelism } from 'node:os';
import { command } from './lib/command.mjs';
import { openEstimator } from './lib/estimator.mjs';
import { memoryGrowth } from './lib/memory-growth.mjs';
import { networks, prepared } from './lib/networks.mjs';
import { openPeer } from './lib/peer.mjs';
import { beside, shortest } from './lib/shortest.mjs';

const cores = availableParallelism();
const pixels = 1024;

/**
 * For each network: measurements of each side; networks in one of them, ours and the reference
 * method's; of how many directions the latter takes the time, scaled to all 1024; and how many times
 * faster ours is to be.
 */
const settings = {
  lenet: { rounds: 4, ours: 50 * cores, theirs: 10, directions: pixels, faster: 6 },
  vgg11: { rounds: 4, ours: cores, theirs: 1, directions: pixels, faster: 1.6 },
  resnet18: { rounds: 2, ours: cores, theirs: 1, directions: pixels / 2, faster: 2.4 },
  densenet121: { rounds: 2, ours: cores, theirs: 1, directions: pixels / 4, faster: 3 },
};

/** Directions at a time that are tried for the reference method. */
const peerBatches = [16, 32, 64, 128, 256];

/** Networks of the published estimates, and of ours that are as good (docs/benchmarks.md). */
const published = 10_000;
const asGood = 10;

/**
 * Seconds per network of the estimator and of the published method in PyTorch, drawing weights,
 * sessions and accumulation included; then whole commands and their memory.
 */
export async function run({ log }) {
  const peer = await openPeer('reference.py');
  const rates = [];
  for (const network of networks) rates.push(...(await compare(network, peer, log)));
  peer?.close();
  const commands = await timeCommands(rates[0].peer_seconds, log);
  return {
    results: [...rates, ...commands],
    peer: peer ? `published method, ${peer.name}` : null,
    notes: await memory(log),
  };
}

async function compare(network, peer, log) {
  const { name } = network;
  const { rounds, ours, theirs, directions, faster } = settings[name];
  const batch = peer && (await bestPeerBatch(peer, name, log));
  const plans = plansOf(network);
  const estimators = await Promise.all(plans.map(({ plan }) => openEstimator(plan)));
  for (const estimator of estimators) await estimator.draw(name === 'lenet' ? ours : 0);
  const best = await shortest(rounds, {
    ...Object.fromEntries(
      plans.map(({ name: which }, i) => [
        which,
        () => logged(log, which, estimators[i].measure(ours)),
      ]),
    ),
    peer:
      peer &&
      (() => logged(log, `${name}, peer`, secondsOf(peer, name, batch, theirs, directions))),
  });
  for (const estimator of estimators) await estimator.close();
  const theirPart =
    peer && `PyTorch 2 × ${batch} images, ${directions} of ${pixels} directions timed`;
  return plans.map(({ name: which, plan }, i) =>
    beside(which, best[which], best.peer, {
      ...(i === 0 && { target: 1 / faster }),
      compared: [`${tailsOf(plan)}, batches of ${plan.batch}`, theirPart]
        .filter(Boolean)
        .join('; '),
    }),
  );
}

/** One draw of all weights for each network, as in the published method; and the default where it differs. */
function plansOf(network) {
  const { plan } = prepared(network, { tails: 1 });
  const { plan: usual } = prepared(network);
  const name = `estimate-${network.name}`;
  return usual.tail
    ? [
        { name, plan },
        { name: `${name}-by-default`, plan: usual },
      ]
    : [{ name, plan }];
}

const tailsOf = ({ tail }) => `${tail?.count ?? 1} tail${tail ? 's' : ''} a network`;

async function logged(log, what, measurement) {
  const seconds = await measurement;
  log(`${what}: ${seconds.toPrecision(4)} s`);
  return seconds;
}

const secondsOf = async (peer, network, batch, count, directions) =>
  (await peer.ask({ network, batch, networks: count, directions })).seconds;

async function bestPeerBatch(peer, name, log) {
  let best = { seconds: Infinity };
  for (const batch of peerBatches) {
    const seconds = await secondsOf(peer, name, batch, name === 'lenet' ? 3 : 1, batch);
    log(`${name}, peer, ${batch} directions at a time: ${seconds.toPrecision(4)} s`);
    if (seconds < best.seconds) best = { batch, seconds };
  }
  return best.batch;
}

async function timeCommands(referenceSeconds, log) {
  const best = await shortest(3, {
    help: () => logged(log, 'nads --help', command('--help').then(seconds)),
    lenet: () => logged(log, 'nads estimate of LeNet', estimateOf('lenet', 10).then(seconds)),
  });
  const reference = referenceSeconds === null ? undefined : published * referenceSeconds;
  return [
    beside('nads-help', best.help, undefined, { target: 0.3, compared: 'nads --help' }),
    beside('estimate-lenet-10-networks', best.lenet, undefined, {
      target: 3,
      compared: 'nads estimate models/lenet.onnx --networks 10',
    }),
    beside('estimate-lenet-published-quality', best.lenet, reference, {
      target: 1 / 1000,
      compared: `that command with ${asGood} networks; the published method's ${published}, EXTRAPOLATED from its rate`,
    }),
  ];
}

const seconds = outcome => outcome.seconds;

const estimateOf = (name, count) =>
  command('estimate', modelOf(name), '--networks', `${count}`, '--quiet', '--out', 'OUT');

const modelOf = name => `models/${networks.find(network => network.name === name).file}`;

async function memory(log) {
  log('memory of ResNet-18');
  const { peakBytes } = await estimateOf('resnet18', cores);
  log('memory over 1,000 LeNets');
  const growth = await memoryGrowth('lenet', 100, 1000);
  return [
    `peak memory of nads estimate models/resnet18-1x32x32.onnx --networks ${cores}: ${megabytes(peakBytes)} (target ≤ 1500 MB)`,
    `growth over 1,000 LeNet networks: ${megabytes(growth)} (target < 200 MB)`,
  ];
}

const megabytes = bytes => `${Math.round(bytes / 1e6)} MB`;
