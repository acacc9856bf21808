import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureKernel, sizes } from './elasticity/kernel.ts';
import { beside } from './lib/beside.ts';
import { openPeer, reportOf } from './lib/peer.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/** As benchmarks/peer/elasticity.py answers. */
interface TorchKernel {
  /** Of each way: the shortest of some runs. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly entries: readonly number[];
}

/** S_ker of LeNet at 500 × 2,000 images of 1×32×32, against the fastest of several ways in PyTorch. */
export async function run({ log }: RunOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'nads-elasticity-'));
  const peer = await openPeer('elasticity.py', log);
  try {
    const ours = await measureKernel(folder);
    log(`${ours.seconds.toPrecision(3)} s`);
    const torch = await peer?.ask<TorchKernel>({
      weights: join(folder, 'weights.npz'),
      images: join(folder, 'images.npz'),
      rows: sizes.rows,
    });
    const ways = Object.entries(torch?.seconds ?? {}).toSorted(([, a], [, b]) => a - b);
    const result = beside('elasticity-lenet', ours.seconds, ways[0]?.[1], {
      target: 0.5,
      compared: torch ? `${ways[0][0]}; ${agreement(ours.entries, torch.entries)}` : undefined,
    });
    const notes = [
      ...ways.map(([way, seconds]) => `PyTorch, ${way}: ${seconds.toPrecision(3)} s`),
      `peak memory: ${Math.round(ours.peakBytes / 1e6)} MB (target ≤ 1000 MB)`,
    ];
    return { results: [result], notes, ...reportOf(peer) };
  } finally {
    peer?.close();
    rmSync(folder, { recursive: true });
  }
}

function agreement(ours: readonly number[], theirs: readonly number[]): string {
  const apart = ours.map((x, i) => Math.abs(x - theirs[i]) / Math.abs(theirs[i]));
  return `entries agree to ${Math.max(...apart).toExponential(0)}`;
}
