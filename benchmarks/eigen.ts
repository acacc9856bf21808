import {
  leadingEigen,
  matrix,
  Random,
  symmetricEigen,
  type Matrix,
  type MatrixProduct,
} from '@nads/linalg';
import { covariance } from './eigen/covariance.ts';
import { doubleMatMul } from './eigen/double-matmul.ts';
import { numpyEigh, type NumpyEigh } from './eigen/numpy-eigh.ts';
import { beside, type Result } from './lib/beside.ts';
import type { Log } from './lib/logged.ts';
import { openPeer, reportOf } from './lib/peer.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/** Sizes into which the group of flips and transposition splits a 32×32 image. */
const blockSizes = [136, 136, 120, 120, 256];

/** Eigenvectors by us and by numpy. */
interface Comparison {
  readonly name: string;
  readonly target: number;
  readonly compared: string;
  readonly rounds: number;
  readonly ours: () => unknown;
  readonly peer?: NumpyEigh;
}

/** Eigenvectors of covariance matrices against all eigenvectors by numpy.linalg.eigh. */
export async function run({ log }: RunOptions): Promise<Outcome> {
  const numpy = await openPeer('eigh.py', log);
  const [small, large] = [covariance(1024), covariance(3072)];
  const [smallPeer, largePeer] = [small, large].map(a => numpy && numpyEigh(numpy, a));
  const multiply = await doubleMatMul();
  const results: Result[] = [];
  for (const comparison of [...ofSmall(small, smallPeer), ofLarge(large, multiply, largePeer)])
    results.push(await compare(comparison, log));
  [smallPeer, largePeer].forEach(peer => peer?.close());
  numpy?.close();
  return { results, ...reportOf(numpy, 'numpy.linalg.eigh, ') };
}

function ofSmall(small: Matrix, peer?: NumpyEigh): Comparison[] {
  const blocks = blockSizes.map(n => leadingBlock(small, n));
  return [
    {
      name: 'eigen-1024-full',
      target: 15,
      compared: 'all eigenvectors of 1024×1024, both',
      rounds: 5,
      ours: () => symmetricEigen(small),
      peer,
    },
    {
      name: 'eigen-1024-d4-blocks',
      target: 4,
      compared: `all eigenvectors of blocks of ${blockSizes.join(', ')}, against 1024×1024`,
      rounds: 5,
      ours: () => blocks.forEach(a => symmetricEigen(a)),
      peer,
    },
  ];
}

const ofLarge = (large: Matrix, multiply: MatrixProduct, peer?: NumpyEigh): Comparison => ({
  name: 'eigen-3072-top256',
  target: 1.5,
  compared: '256 leading eigenvectors of 3072×3072, products on onnxruntime, against all of them',
  rounds: 3,
  ours: () => leadingEigen(large, 256, { random: new Random('leading'), multiply }),
  peer,
});

function leadingBlock(a: Matrix, n: number): Matrix {
  const block = matrix(n, n);
  for (let i = 0; i < n; i++)
    block.data.set(a.data.subarray(i * a.columns, i * a.columns + n), i * n);
  return block;
}

async function compare(
  { name, target, compared, rounds, ours, peer }: Comparison,
  log: Log,
): Promise<Result> {
  const best = await shortest(
    rounds,
    { ours: () => seconds(ours), ...(peer && { peer: () => peer.measure() }) },
    300,
  );
  log(`  ${name}: ${best.ours} s, peer ${best.peer ?? 'none'} s`);
  return beside(name, best.ours!, best.peer, { target, compared });
}

async function seconds(task: () => unknown): Promise<number> {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1000;
}
