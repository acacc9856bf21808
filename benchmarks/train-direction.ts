import { availableParallelism } from 'node:os';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, publishedRecipe, toOnnx, trainAlong, type Recipe } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { beside } from './lib/beside.ts';
import { logged } from './lib/logged.ts';
import { openPeer, reportOf } from './lib/peer.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

const rounds = 2;
const sizes = { channels: 1, height: 32, width: 32, classes: 2 };

/** Seconds for one LeNet on D(v), published schedule, images made, trained and tested. */
export async function run({ log }: RunOptions): Promise<Outcome> {
  await chooseBackend('cpu');
  const { name, init, build } = architectureOf('lenet');
  const model = toOnnx(build(sizes, true));
  const recipe: Recipe = { ...publishedRecipe, dims: [1, 32, 32], sigma: 3, epsilon: 2 };
  const direction = Float64Array.from({ length: 1024 }, (_, i) => (i % 33 === 0 ? 32 ** -0.5 : 0));
  const peer = await openPeer('train.py', log);
  const ours = async (): Promise<number> => {
    const started = performance.now();
    const surroundings = { runtime: nodeRuntime, threads: availableParallelism() };
    await trainAlong(model, init, recipe, { direction, seed: 0 }, surroundings);
    return logged(log, 'ours', (performance.now() - started) / 1000);
  };
  const { train: images, epochs, batch } = recipe;
  const theirs = peer && {
    peer: async () => {
      const request = { network: name, images, epochs, batch };
      return logged(log, 'PyTorch', (await peer.ask<{ seconds: number }>(request)).seconds);
    },
  };
  const best = await shortest(rounds, { ours, ...theirs }, 120);
  peer?.close();
  const result = beside('train-direction-lenet', best.ours!, best.peer, { target: 0.8 });
  return { results: [result], ...reportOf(peer) };
}
