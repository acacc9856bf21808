import { leadingEigen, matrix, Random, symmetricEigen } from '@nads/linalg';
import { covariance } from './eigen/covariance.mjs';
import { doubleMatMul } from './eigen/double-matmul.mjs';
import { findNumpy, numpyEigh } from './eigen/numpy-eigh.mjs';

/** Sizes into which the group of flips and transposition splits a 32×32 image. */
const blockSizes = [136, 136, 120, 120, 256];

const leadingBlock = (a, n) => {
  const block = matrix(n, n);
  for (let i = 0; i < n; i++)
    block.data.set(a.data.subarray(i * a.columns, i * a.columns + n), i * n);
  return block;
};

async function seconds(task) {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1000;
}

/** Runs both sides in turns, so that a busy machine slows both, and keeps the best time of each. */
async function compare({ name, target, compared, rounds, ours, peer }, log) {
  let [ours_seconds, peer_seconds] = [Infinity, peer ? Infinity : null];
  for (let round = 0; round < rounds; round++) {
    ours_seconds = Math.min(ours_seconds, await seconds(ours));
    if (peer) peer_seconds = Math.min(peer_seconds, peer());
    log(`  ${name}, best of ${round + 1}: ${ours_seconds} s, peer ${peer_seconds} s`);
  }
  const ratio = peer ? ours_seconds / peer_seconds : null;
  return { name, ours_seconds, peer_seconds, ratio, target, compared };
}

/** Eigenvectors of covariance matrices against all eigenvectors by numpy.linalg.eigh. */
export async function run({ log = () => {} } = {}) {
  const numpy = findNumpy();
  const [small, large] = [covariance(1024), covariance(3072)];
  const [smallPeer, largePeer] = [small, large].map(a => numpy && numpyEigh(numpy, a));
  const blocks = blockSizes.map(n => leadingBlock(small, n));
  const multiply = await doubleMatMul();
  const comparisons = [
    {
      name: 'eigen-1024-full',
      target: 15,
      compared: 'all eigenvectors of 1024×1024, both',
      rounds: 5,
      ours: () => symmetricEigen(small),
      peer: smallPeer,
    },
    {
      name: 'eigen-1024-d4-blocks',
      target: 4,
      compared: `all eigenvectors of blocks of ${blockSizes.join(', ')}, against 1024×1024`,
      rounds: 5,
      ours: () => blocks.forEach(a => symmetricEigen(a)),
      peer: smallPeer,
    },
    {
      name: 'eigen-3072-top256',
      target: 1.5,
      compared:
        '256 leading eigenvectors of 3072×3072, products on onnxruntime, against all of them',
      rounds: 3,
      ours: () => leadingEigen(large, 256, { random: new Random('leading'), multiply }),
      peer: largePeer,
    },
  ];
  const results = [];
  for (const comparison of comparisons) results.push(await compare(comparison, log));
  [smallPeer, largePeer].forEach(peer => peer?.close());
  return {
    results,
    peer: numpy ? `numpy ${numpy.version} of ${numpy.python}, numpy.linalg.eigh` : null,
  };
}
